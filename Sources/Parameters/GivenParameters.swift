/// What was given for a script's parameters: on the command line; where that has nothing, in a file; where that has
/// nothing either, in the environment. What is given nowhere has its default, or is asked for.
package struct GivenParameters: Sendable {
    private let words: [String: ParameterValue]
    private let file: ParameterFile?
    private let environment: [String: String]

    /// - Parameters:
    ///   - words: What stands after `NAME=` on the command line, by name.
    ///   - path: A file of parameters.
    ///   - environment: The process's environment.
    /// - Throws: `UnusableParameters` with each file that can't be read.
    package init(
        words: [String: String],
        file path: String?,
        environment: [String: String]
    ) async throws(UnusableParameters) {
        var values: [String: ParameterValue] = [:]
        var file: ParameterFile?
        var problems: [ParameterError] = []
        for (name, word) in words.sorted(by: { $0.key < $1.key }) {
            do throws(ParameterError) {
                values[name] = try await ParameterValue.given(word, of: name)
            } catch {
                problems.append(error)
            }
        }
        do throws(ParameterError) {
            if let path { file = try await ParameterFile.read(path) }
        } catch {
            problems.append(error)
        }
        guard problems.isEmpty else { throw UnusableParameters(problems: problems) }
        self.words = values
        self.file = file
        self.environment = environment
    }

    /// What is given under the parameters' own names.
    package var namedValues: [String: ParameterValue] { words.merging(file?.values ?? [:]) { word, _ in word } }

    /// The names that only the file has.
    package var namesInFileOnly: [String] { (file?.values ?? [:]).keys.filter { words[$0] == nil } }

    /// The variable of the environment that may hold a parameter's value.
    package static func variable(of name: String) -> String { "SNAPSH_PARAM_\(name.uppercased())" }

    /// What the environment gives for a parameter; an empty variable gives nothing.
    package func environmentValue(of name: String) -> ParameterValue? {
        let variable = Self.variable(of: name)
        guard let text = environment[variable], !text.isEmpty else { return nil }
        return ParameterValue(text, from: .environment(variable))
    }

    /// What is wrong with the file for a script with these parameters.
    package func problems(
        for names: [String],
        secrets: Set<String>,
        suggestion: (_ unknown: String) -> String?
    ) -> [ParameterError] {
        file?.problems(for: names, secrets: secrets, suggestion: suggestion) ?? []
    }
}
