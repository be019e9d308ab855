/// What is wrong with YAML, and where; lines and columns count from 1.
package struct YAMLProblem: Error, Equatable {
    package var line: Int
    package var column: Int
    package var reason: String
    package var hint: String?

    package init(line: Int, column: Int, reason: String, hint: String? = nil) {
        self.line = line
        self.column = column
        self.reason = reason
        self.hint = hint
    }
}
