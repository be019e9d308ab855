/// How a run ended: the last line of standard output under `--json`.
package struct EndRecord: Encodable, Sendable {
    let kind = RecordDeclaration.end.kind
    let exit: Int32
    let code: String?
    let message: String?

    /// - Parameter failure: What was reported last.
    package init(exitCode: Int32, _ failure: FailureMessage?) {
        exit = exitCode
        code = exitCode == 0 ? nil : failure?.code
        message = exitCode == 0 ? nil : failure?.sentence
    }
}

extension RecordDeclaration {
    static let end = RecordDeclaration(
        "end",
        "how the run ended: the last line of stdout",
        [
            .count("exit", "the exit code"),
            .text("code?", "the code of the last error"),
            .text("message?", "its sentence"),
        ]
    )
}
