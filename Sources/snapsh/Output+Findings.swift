import Language
import Parameters
import Shell

extension Output {
    /// The most findings that are shown; the rest are counted.
    private static let shownFindingCount = 100

    /// Shows what a check has found, and that nothing was run.
    ///
    /// - Parameters:
    ///   - name: What was checked: a script, or several.
    ///   - isAll: Whether the check went on to the end.
    ///   - isAskedFor: Whether only the check was asked for: then what it finds is data under `--json`.
    ///   - showsPlaces: Whether there is more than one command.
    func report(
        _ findings: [Diagnostic],
        in name: String,
        isAll: Bool,
        isAskedFor: Bool,
        showsPlaces: Bool = true,
        _ commands: CommandTable
    ) {
        for finding in findings.prefix(Self.shownFindingCount) {
            failure(FailureMessage(finding, commands), showingPlace: showsPlaces, isAskedFor: isAskedFor)
        }
        if findings.isEmpty || !showsPlaces { return }
        let count = findings.count == 1 ? "1 mistake" : "\(isAll ? "" : "at least ")\(findings.count) mistakes"
        let rest =
            findings.count > Self.shownFindingCount ? ", of which the first \(Self.shownFindingCount) are shown" : ""
        let sentence = "\(count) in \(name)\(rest): nothing was run"
        failure(FailureMessage(code: "script.not-run", sentence, exitCode: .mistake))
    }

    func report(_ error: ParameterError) {
        failure(FailureMessage(code: error.code, error.description, hint: error.hint, exitCode: .mistake))
    }
}
