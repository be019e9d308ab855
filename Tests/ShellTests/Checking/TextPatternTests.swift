import Testing

@testable import Shell

@Suite("What is known of a text")
struct TextPatternTests {
    @Test(
        "a gap takes any text, the pieces stand as they are",
        arguments: [
            (["a", nil, "b"], "ab", true), (["a", nil, "b"], "a-b-b", true), (["a", nil, "b"], "a-c", false),
            (["a", nil, "b"], "ba", false), ([nil], "", true), ([nil, "a", nil], "bab", true),
            ([nil, "a", nil], "b", false), (["a"], "a", true), (["a"], "ab", false), (["aa", nil, "aa"], "aaa", false),
            // Two ways to write the same letter are two texts.
            (["\u{E9}"], "e\u{301}", false),
        ]
    )
    func matching(pieces: [String?], text: String, matches: Bool) {
        #expect(TextPattern(pieces: pieces).matches(text) == matches)
    }
}
