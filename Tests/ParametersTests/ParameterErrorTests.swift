import Glibc
import TestSupport
import Testing

@testable import Parameters

@Suite("Parameters that can't be used") struct ParameterErrorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func problems(_ text: String, mode: UInt16 = 0o600) async throws -> [ParameterError] {
        try folder.write(text.utf8, to: "p.yaml")
        chmod(folder.path("p.yaml"), mode_t(mode))
        return try await ParameterFile.read(folder.path("p.yaml")).problems(for: ["a", "token"], secrets: ["token"]) {
            "not \($0)"
        }
    }

    @Test func `have a code by what is wrong`() async throws {
        let wrong = try await problems("a: 1\nb: 2\ntoken: x\n", mode: 0o644)
        #expect(wrong.map(\.code) == ["parameter.unknown", "parameter.exposed-secret"])
        #expect(wrong.first?.hint == "not b")
        let syntax = await #expect(throws: ParameterError.self) { try await problems("- a") }
        #expect(syntax?.code == "parameter.file-syntax")
        let missing = await #expect(throws: ParameterError.self) { try await ParameterFile.read(folder.path("none")) }
        #expect(missing?.code == "parameter.unreadable")
        let value = await #expect(throws: ParameterError.self) {
            try await ParameterValue.given("@\(folder.path("none"))", of: "a")
        }
        #expect(value?.code == "parameter.unreadable")
        let secret = #expect(throws: ParameterError.self) {
            try ParameterValue("x\ny", from: .word).requireSecret(of: "a")
        }
        #expect(secret?.code == "parameter.unusable-secret")
    }
}
