import Parameters
import TestSupport
import Testing

@Suite("Values for parameters")
struct GivenParametersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func given(
        _ words: [String: String],
        file: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> GivenParameters {
        let path = try file.map { try folder.write($0.utf8, to: "values.yaml") }
        return try await GivenParameters(words: words, file: path, environment: environment)
    }

    @Test("are those of the command line before those of the file, and the environment has its own place")
    func precedence() async throws {
        let given = try await given(
            ["both": "word", "word": "w"],
            file: "both: file\nonly: f\n",
            environment: ["SNAPSH_PARAM_BOTH": "env", "SNAPSH_PARAM_ONLY": "env", "SNAPSH_PARAM_MINE": "e"]
        )
        let path = folder.path("values.yaml")
        #expect(
            given.namedValues == [
                "both": ParameterValue("word", from: .word),
                "word": ParameterValue("w", from: .word),
                "only": ParameterValue("f", from: .entry(path)),
            ]
        )
        #expect(given.namesInFileOnly == ["only"])
        #expect(given.environmentValue(of: "mine") == ParameterValue("e", from: .environment("SNAPSH_PARAM_MINE")))
    }

    @Test("come from the environment by the name in upper case; an empty variable gives none")
    func environment() async throws {
        let given = try await given([:], environment: ["SNAPSH_PARAM_A_B": "x", "SNAPSH_PARAM_C": "", "a_b": "y"])
        #expect(GivenParameters.variable(of: "a_b") == "SNAPSH_PARAM_A_B")
        #expect(given.environmentValue(of: "a_b")?.text == "x")
        #expect(given.environmentValue(of: "c") == nil)
        #expect(given.environmentValue(of: "none") == nil)
        #expect(given.namedValues.isEmpty)
    }

    @Test("after '@' are the content of a file, and after '@@' a text with '@'")
    func files() async throws {
        let path = try folder.write("secret\n".utf8, to: "token")
        let given = try await given(["token": "@\(path)", "text": "@@x"])
        #expect(given.namedValues["token"] == ParameterValue("secret", from: .file(path)))
        #expect(given.namedValues["text"] == ParameterValue("@x", from: .word))
        for word in ["@", "@\(folder.path("none"))"] {
            await #expect(throws: UnusableParameters.self) { _ = try await self.given(["token": word]) }
        }
        await #expect(throws: UnusableParameters.self) {
            try await GivenParameters(words: [:], file: folder.path("none.yaml"), environment: [:])
        }
    }
}
