/// One finding about a script: what is wrong, where, and where it is certain, what to write instead.
package struct Diagnostic: Error, Sendable {
    /// What programs know it by: `script.syntax`.
    package var code: String
    package var message: String
    package var span: Span
    package var source: SourceFile
    package var hint: String?
    /// The text ends where more must follow: a prompt asks for another line, a file has a mistake.
    package var isIncomplete: Bool

    /// - Parameter code: `script.syntax` where it is the text itself that can't be read.
    package init(
        _ message: String,
        code: String = "script.syntax",
        at span: Span,
        in source: SourceFile,
        hint: String? = nil,
        isIncomplete: Bool = false
    ) {
        self.code = code
        self.message = message
        self.span = span
        self.source = source
        self.hint = hint
        self.isIncomplete = isIncomplete
    }
}
