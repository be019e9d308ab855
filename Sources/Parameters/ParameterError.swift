import Text

/// Why parameters can't be used, or can't be read.
package struct ParameterError: Error, Equatable {
    /// What programs know it by.
    package let code = "parameter.unusable"
    private let subject: Subject
    private let reason: String
    package let hint: String?

    enum Subject: Equatable {
        case value(of: String, ParameterValue.Origin)
        /// A file of parameters, and where in it; lines and columns count from 1.
        case file(String, line: Int? = nil, column: Int? = nil)
    }

    init(_ subject: Subject, reason: String, hint: String? = nil) {
        self.subject = subject
        self.reason = reason
        self.hint = hint
    }

    static let hintOfFile =
        "NAME=@FILE reads the value from a file; for a text that begins with '@', write NAME=@@TEXT"

    /// Nothing was typed for a parameter, or it could not be asked for.
    package static func notTyped(_ name: String, reason: String) -> ParameterError {
        ParameterError(.value(of: name, .terminal), reason: reason)
    }
}

extension ParameterError: CustomStringConvertible {
    package var description: String {
        switch subject {
        case .value(let name, .word): "cannot use the value of '\(name.printable)': \(reason)"
        case .value(let name, .terminal): "parameter '\(name.printable)' has no value: \(reason)"
        case .value(let name, .environment(let variable)):
            "cannot use the value of '\(name.printable)' from the environment (\(variable)): \(reason)"
        case .value(let name, .file("")): "cannot read the value of '\(name.printable)': \(reason)"
        case .value(let name, .file(let path)), .value(let name, .entry(let path)):
            "cannot read the value of '\(name.printable)' from \(path.printable): \(reason)"
        case .file(let path, let line?, let column?):
            "cannot use the parameters in \(path.printable): line \(line), column \(column): \(reason)"
        case .file(let path, _, _): "cannot use the parameters in \(path.printable): \(reason)"
        }
    }
}
