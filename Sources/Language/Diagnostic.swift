/// One finding about a script: what is wrong, where, and if certain, what to write instead.
package struct Diagnostic: Error, Sendable {
    /// The stable code for programs: `script.syntax`.
    package var code: String
    package var message: String
    package var span: Span
    package var source: SourceFile
    package var hint: String?
    /// The text ends too early: a prompt asks for another line, in a file it is a mistake.
    package var isIncomplete: Bool

    /// - Parameter code: `script.syntax` if the text can't be parsed.
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
