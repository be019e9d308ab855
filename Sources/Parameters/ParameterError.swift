package import Text

/// Why parameters can't be used, or can't be read.
package enum ParameterError: Error, Equatable {
    /// A file of parameters is none: why, as the second half of a sentence.
    case fileSyntax(FilePlace, _ reason: String, hint: String?)
    /// The script has no parameter of that name.
    case unknown(_ name: String, FilePlace, hint: String?)
    /// Others can use the file that holds a secret.
    case exposedSecret(_ name: String, file: String, permissions: UInt32)
    case unreadable(file: String, reason: String)
    /// The file that was named as a parameter's value; an empty name where none was.
    case unreadableValue(_ name: String, file: String, reason: String)
    /// What is given for a secret can be no password and no token.
    case unusableSecret(_ name: String, ParameterValue.Origin, SecretProblem)
    /// Nothing was typed for it, or it could not be asked for.
    case missing(_ name: String, reason: String)

    /// A place in a file of parameters; lines and columns count from 1.
    package struct FilePlace: Sendable, Equatable {
        package var file: String
        package var line: Int
        package var column: Int
    }

    /// What programs know it by.
    package var code: String {
        switch self {
        case .fileSyntax: "parameter.file-syntax"
        case .unknown: "parameter.unknown"
        case .exposedSecret: "parameter.exposed-secret"
        case .unreadable, .unreadableValue: "parameter.unreadable"
        case .unusableSecret: "parameter.unusable-secret"
        case .missing: "parameter.missing"
        }
    }

    /// The next step, where one is certain.
    package var hint: String? {
        switch self {
        case .fileSyntax(_, _, let hint), .unknown(_, _, let hint): hint
        case .exposedSecret(_, let file, _): "keep it for yourself: chmod 600 \(file.printable)"
        case .unreadable, .missing: nil
        case .unreadableValue:
            "NAME=@FILE reads the value from a file; for a text that begins with '@', write NAME=@@TEXT"
        case .unusableSecret:
            "a secret is one line of \(SecretForms.minByteCount) bytes or more, without invisible characters"
        }
    }
}

extension ParameterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .fileSyntax(let place, let reason, _):
            "\(Self.unusable(place.file)): line \(place.line), column \(place.column): \(reason)"
        case .unknown(let name, let place, _):
            "\(Self.unusable(place.file)): line \(place.line), column \(place.column):"
                + " the script has no parameter '\(name.printable)'"
        case .exposedSecret(let name, let file, let permissions):
            "\(Self.unusable(file)): it holds the secret '\(name)', and its permissions"
                + " (0\(String(permissions, radix: 8))) let others use it"
        case .unreadable(let file, let reason): "\(Self.unusable(file)): \(reason)"
        case .unreadableValue(let name, "", let reason): "cannot read the value of '\(name.printable)': \(reason)"
        case .unreadableValue(let name, let file, let reason):
            "cannot read the value of '\(name.printable)' from \(file.printable): \(reason)"
        case .unusableSecret(let name, let origin, let problem):
            "\(Self.unusableValue(name, origin)): \(problem.reason)"
        case .missing(let name, let reason): "parameter '\(name.printable)' has no value: \(reason)"
        }
    }

    private static func unusable(_ file: String) -> String { "cannot use the parameters in \(file.printable)" }

    private static func unusableValue(_ name: String, _ origin: ParameterValue.Origin) -> String {
        switch origin {
        case .word, .terminal: "cannot use the value of '\(name.printable)'"
        case .file(let path), .entry(let path): "cannot read the value of '\(name.printable)' from \(path.printable)"
        case .environment(let variable):
            "cannot use the value of '\(name.printable)' from the environment (\(variable))"
        }
    }
}
