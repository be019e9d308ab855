import Testing

@testable import Shell

@Suite("Facts")
struct FactTableTests {
    @Test("each has a name of its own, and is found by it")
    func names() {
        let names = Fact.all.map(\.name)
        let repeated = Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys
        #expect(repeated.isEmpty, "these facts have one name: \(repeated.sorted())")
        #expect(Fact.byName.count == names.count)
        for fact in Fact.all { #expect(Fact.byName[fact.name]?.usage == fact.usage) }
    }
}
