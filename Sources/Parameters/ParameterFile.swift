import Text
import YAML

/// A file of parameters: YAML, with lines `NAME: VALUE` and nothing nested.
package struct ParameterFile: Sendable {
    package let path: String
    /// Who may read and write it; `nil` of a pipe.
    private let permissions: UInt32?
    private let entries: [YAMLTexts.Entry]

    /// - Throws: `ParameterError` where it can't be read, or is no such file.
    @concurrent
    package static func read(_ path: String) async throws(ParameterError) -> ParameterFile {
        do {
            return try ParameterFile(path, try await ValueFile.read(path))
        } catch let error as ContentProblem {
            throw .unreadable(file: path, reason: error.reason)
        } catch let error as ParameterError {
            throw error
        } catch {
            throw .unreadable(file: path, reason: "\(error)")
        }
    }

    private init(_ path: String, _ file: ValueFile) throws(ParameterError) {
        self.path = path
        permissions = file.permissions
        do throws(YAMLProblem) {
            entries = try YAMLTexts.read(file.bytes)
        } catch {
            throw .fileSyntax(.init(file: path, line: error.line, column: error.column), error.reason, hint: error.hint)
        }
    }

    /// The values by name.
    var values: [String: ParameterValue] {
        entries.reduce(into: [:]) { $0[$1.name] = ParameterValue($1.text, from: .entry(path)) }
    }

    /// What is wrong with it for a script: names that the script does not know, and secrets that others can read.
    ///
    /// - Parameter suggestion: A hint for a name that is unknown.
    func problems(
        for names: [String],
        secrets: Set<String>,
        suggestion: (_ unknown: String) -> String?
    ) -> [ParameterError] {
        var problems = entries.filter { !names.contains($0.name) }.map { entry in
            ParameterError.unknown(
                entry.name,
                .init(file: path, line: entry.line, column: entry.column),
                hint: suggestion(entry.name)
            )
        }
        if let permissions, permissions & 0o077 != 0, let secret = entries.first(where: { secrets.contains($0.name) }) {
            problems.append(.exposedSecret(secret.name, file: path, permissions: permissions))
        }
        return problems
    }
}
