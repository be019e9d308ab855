/// What was given for a script's parameters: on the command line; where that has nothing, in a file; where that has nothing
/// either, in the environment. What is given nowhere has its default, or is asked for.
package struct GivenParameters: Sendable {
    private let words: [String: ParameterValue]
    private let file: ParameterFile?
    private let environment: [String: String]

    /// - Parameters:
    ///   - words: What stands after `NAME=` on the command line, by name.
    ///   - path: A file of parameters.
    ///   - environment: The process's environment.
    /// - Throws: `ParameterError` where a file can't be read.
    package init(
        words: [String: String],
        file path: String?,
        environment: [String: String]
    ) async throws(ParameterError) {
        var values: [String: ParameterValue] = [:]
        for (name, word) in words { values[name] = try await ParameterValue.given(word, of: name) }
        self.words = values
        file = if let path { try await ParameterFile.read(path) } else { nil }
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
