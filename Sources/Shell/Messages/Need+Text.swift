import Backups
import Language

extension Need {
    /// What is missing, as a finding.
    var absence: String {
        switch self {
        case .source: "no source of backups is in use before this"
        case .cluster: "no cluster is chosen before this"
        case .pick: "no backup is picked before this"
        case .listing: "nothing is listed before this"
        case .file: "nothing is downloaded or verified before this"
        case .difference: "no files are compared before this"
        }
    }

    /// What is missing on some paths only, as a finding.
    var uncertainty: String {
        switch self {
        case .source: "it is not certain that a source of backups is in use here"
        case .cluster: "it is not certain that a cluster is chosen here"
        case .pick: "it is not certain that a backup is picked here"
        case .listing: "it is not certain that backups are listed here"
        case .file: "it is not certain that a file is downloaded or verified here"
        case .difference: "it is not certain that files are compared here"
        }
    }

    /// The next step where it is missing on some paths only.
    static let hintOfUncertainty = "the command before '||' may have failed: end the script there ('|| exit 1')"

    /// The next step.
    func nextStep(_ sources: [SourceDeclaration]) -> String {
        switch self {
        case .source: "connect to one first: \(sources.waysToConnect)"
        case .cluster: "choose one first: cluster NAME ('clusters' lists them)"
        case .pick: "choose one first: pick max"
        case .listing: "list the backups first: ls"
        case .file: "download the pick first: get; or verify a file: verify FILE"
        case .difference: "compare two files first: diff FILE1 FILE2"
        }
    }

    /// The command that leads to it; `nil` where the source decides whether it is needed.
    fileprivate func step(_ sources: [SourceDeclaration]) -> String? {
        switch self {
        case .source: sources.last.map { $0.command($0.place.name) }
        case .cluster: nil
        case .pick: "pick max"
        case .listing: "ls"
        case .file: "get"
        case .difference: "diff FILE1 FILE2"
        }
    }
}

extension [Need] {
    /// One line for the system's shell that does what a command needs first, and then the command.
    ///
    /// - Parameter use: What connects to the source, where that is known.
    func wholeRun(of line: String, _ commands: CommandTable, using use: String? = nil) -> String {
        var needs = NeedSet(self)
        if needs.contains(.file) { needs.formUnion(NeedSet(.pick)) }
        if needs.contains(.pick) || needs.contains(.listing) { needs.formUnion(NeedSet(.source)) }
        let steps = Need.allCases.filter(needs.contains).compactMap { need in
            need == .source ? use ?? need.step(commands.sources) : need.step(commands.sources)
        }
        return "snapsh " + (steps.isEmpty ? line : "-c " + Word.quoted((steps + [line]).joined(separator: "; ")))
    }
}
