import Testing

@testable import Shell

@Suite("The part of a value that changed")
struct ChangedPartTests {
    @Test(
        "is what both do not have in common, with a little around it",
        arguments: [
            ("image: a:1.19 end", "image: a:1.20 end", "image: a:1.19 end", "image: a:1.20 end"),
            ("", "new", "", "new"), ("aa", "a", "aa", "a"), ("a", "aa", "a", "aa"), ("abc", "abc", "abc", "abc"),
        ]
    )
    func parts(_ before: String, _ after: String, _ shownBefore: String, _ shownAfter: String) {
        let part = ChangedPart(Array(before.utf8), Array(after.utf8))
        #expect(part.before == shownBefore && part.after == shownAfter)
    }

    @Test("is cut where it is long, and shows no control characters")
    func long() {
        let common = String(repeating: "x", count: 100)
        let part = ChangedPart(Array("\(common)1\(common)".utf8), Array("\(common)2\(common)".utf8))
        #expect(part.before == "…" + String(repeating: "x", count: 24) + "1" + String(repeating: "x", count: 24) + "…")
        let large = ChangedPart([UInt8](repeating: 1, count: 5000), [UInt8](repeating: 2, count: 10))
        #expect(large.before.hasSuffix("… (4600 bytes more)"))
        #expect(large.after.allSatisfy { $0.isASCII && !$0.isNewline })
    }
}
