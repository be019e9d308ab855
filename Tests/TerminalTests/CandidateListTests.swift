import Terminal
import Testing

@Suite("The list of candidates")
struct CandidateListTests {
    @Test(
        "stands in columns that are read downwards, and as many as fit",
        arguments: [
            (80, ["a    bb   ccc  d    e"]), (18, ["a    ccc  e", "bb   d"]), (13, ["a    ccc  e", "bb   d"]),
            (12, ["a    d", "bb   e", "ccc"]), (3, ["a", "bb", "ccc", "d", "e"]), (1, ["a", "bb", "ccc", "d", "e"]),
            (0, ["a", "bb", "ccc", "d", "e"]),
        ]
    )
    func columns(width: Int, rows: [String]) {
        #expect(CandidateList.rows(["a", "bb", "ccc", "d", "e"], width: width) == rows)
    }

    @Test("wide letters take two columns, combining ones none")
    func wide() {
        #expect(CandidateList.rows(["日本", "e\u{301}", "abcd"], width: 80) == ["日本  e\u{301}     abcd"])
    }

    @Test("a long list is cut, and says so")
    func limit() {
        let texts = (1...10).map { "\($0)" }
        #expect(CandidateList.rows(texts, width: 6, rowLimit: 2) == ["1   3", "2   4", "… and 6 more"])
        #expect(CandidateList.rows(texts, width: 1, rowLimit: 9).suffix(2) == ["9", "… and 1 more"])
        #expect(CandidateList.rows(texts, width: 1, rowLimit: 10).last == "10")
        #expect(CandidateList.rows((1...5000).map { "\($0)" }, width: 1).count == CandidateList.rowLimit + 1)
    }

    @Test("of nothing is nothing")
    func nothing() {
        #expect(CandidateList.rows([], width: 80).isEmpty)
    }
}
