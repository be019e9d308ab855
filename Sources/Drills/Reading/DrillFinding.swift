/// What is wrong with a drill's file, and where.
package struct DrillFinding: Sendable, Equatable {
    /// From 1.
    package var line: Int
    /// From 1, in characters.
    package var column: Int
    package var message: String
    /// The next step, where one is certain.
    package var hint: String?

    package init(line: Int, column: Int, message: String, hint: String? = nil) {
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint
    }
}
