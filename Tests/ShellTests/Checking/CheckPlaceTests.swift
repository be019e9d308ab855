import Language
import TestSupport
import Testing

@testable import Shell

@Suite("Where a script is checked")
struct CheckPlaceTests {
    @Test(
        "is a thread of its own only where other scripts must be read for it",
        arguments: [
            ("use pv; echo source; exit", true), ("", true), ("nonsense", true), ("exit && source other", false),
            ("echo \"\nsource other", false), ("use pv || source $other", false),
        ]
    )
    func thread(script: String, isHere: Bool) async throws {
        // Work on a thread of its own is a task of its own.
        let here = withUnsafeCurrentTask { $0?.hashValue }
        let (script, _) = Parser.parse(SourceFile(name: "t", text: script))
        let there = try await Checker.run(script, Sources.dependencies.commands) {
            withUnsafeCurrentTask { $0?.hashValue }
        }
        #expect((here == there) == isHere)
    }
}
