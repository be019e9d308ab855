import Terminal
import Testing

@Suite("Searching earlier lines")
struct HistorySearchTests {
    private static let lines = ["echo first apple", "echo pear", "echo second apple"]

    /// Where the keys come to: the steps, the pattern, the line found.
    private func search(_ keys: String) -> (steps: [HistorySearch.Step], search: HistorySearch) {
        var search = HistorySearch(from: "begun")
        let steps = keys.unicodeScalars.map { search.handle($0, in: Self.lines) }
        return (steps, search)
    }

    @Test("each letter looks from the line that matches so far")
    func letters() {
        let (steps, search) = search("apple")
        #expect(steps.allSatisfy { $0 == .goesOn(isFound: true) })
        #expect(search.pattern == "apple")
        #expect(search.match == 2)
        #expect(search.prompt == Prompt("(search) apple:"))
    }

    @Test("Ctrl-R goes on to an older match, and stays with the last one where there is none")
    func older() {
        #expect(search("apple\u{12}").search.match == 0)
        let (steps, last) = search("apple\u{12}\u{12}")
        #expect(steps.last == .goesOn(isFound: false))
        #expect(last.match == 0)
        #expect(last.prompt == Prompt("(not found) apple:"))
    }

    @Test("what matches nothing is told, and taking a letter back looks again from the newest")
    func backspace() {
        #expect(search("apx").steps.last == .goesOn(isFound: false))
        #expect(search("apx\u{7F}").steps.last == .goesOn(isFound: true))
        #expect(search("pear\u{8}\u{8}\u{8}\u{8}").search.match == nil)
        #expect(search("\u{7F}").steps == [.goesOn(isFound: true)])
    }

    @Test("Ctrl-G gives up, and any other control key takes the match")
    func ends() {
        #expect(search("pear\u{7}").steps.last == .givenUp)
        for key in ["\r", "\u{1B}", "\u{1}", "\t", "\u{9F}"] { #expect(search("pear\(key)").steps.last == .taken) }
    }

    @Test("letters that are put together of several are searched for")
    func combined() {
        var search = HistorySearch(from: "")
        for key in "gru\u{308}".unicodeScalars { _ = search.handle(key, in: ["echo grüße"]) }
        #expect(search.match == 0)
    }
}
