/// One finding about a script: what is wrong, where, and where it is certain, what to write instead.
package struct Diagnostic: Error, Sendable {
    package var message: String
    package var span: Span
    package var source: SourceFile
    package var hint: String?
    /// The text ends where more must follow: a prompt asks for another line, a file has a mistake.
    package var isIncomplete: Bool

    package init(
        _ message: String,
        at span: Span,
        in source: SourceFile,
        hint: String? = nil,
        isIncomplete: Bool = false
    ) {
        self.message = message
        self.span = span
        self.source = source
        self.hint = hint
        self.isIncomplete = isIncomplete
    }
}
