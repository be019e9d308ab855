import Drills
import Foundation
import TestSupport
import Testing

@Suite("'drill test'", .ownThread)
struct DrillProofTests {
    @Test("proves each drill that the program carries, and leaves nothing", arguments: Catalog.drills.map(\.name))
    func carried(name: String) throws {
        let home = try DrillHome()
        let outcome = try home.program.start(["--json", "drill", "test", name]).wait(timeLimit: 300)
        #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.talk)")
        struct Proof: Decodable {
            var drill: String
            var proven: Bool
            var problems: [String]
        }
        let proof = try JSONDecoder().decode(Proof.self, from: Data(try #require(outcome.records.first).utf8))
        #expect(proof.drill == name && proof.proven && proof.problems == [])
        try home.expectClean()
    }

    @Test("says what is wrong with a drill, and leaves nothing")
    func unproven() throws {
        let home = try DrillHome()
        let text = try OwnDrill.text { $0.replacing("    has-key: /shop/orders/1055", with: "    has-key: /shop/none") }
        try home.folder.write(text.utf8, to: "wrong.yaml")
        let outcome = try home.program.run(["drill", "test", "wrong.yaml"])
        expectFailure(outcome, 1, says: "1 drill is not proven")
        #expect(outcome.output.contains("not proven: service-healthy"))
        #expect(outcome.output.contains("the solution does not reach: the last order is in it"))
        try home.expectClean()
    }
}

/// A team's own drill, made of the first one that the program carries.
enum OwnDrill {
    static func text(_ name: String = "service-healthy", _ change: (String) -> String = { $0 }) throws -> String {
        let drill = try #require(Catalog.drills.first { $0.name == name })
        let text = String(decoding: drill.bytes, as: UTF8.self)
        let changed = change(text)
        return changed
    }
}
