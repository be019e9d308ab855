import TestSupport
import Testing

@Suite struct FixtureTableTests {
    @Test func aTableThatIsTooShortFails() throws {
        #expect(try Fixture.paths(in: "scripts", ending: ".snapsh", atLeast: 20).count >= 20)
        for (name, found) in [("nowhere", 0), ("sigv4", 3)] {
            let failure = #expect(throws: PartFailure.self) { try Fixture.paths(in: name, atLeast: 1000) }
            #expect(failure?.description == "Tests/Fixtures/\(name) has \(found) of 1000 cases")
        }
    }
}
