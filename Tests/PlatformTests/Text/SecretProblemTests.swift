import Testing
import Text

@Suite("What can be no secret") struct SecretProblemTests {
    @Test(
        "is refused with the reason",
        arguments: [
            ("", SecretProblem.empty), ("abc", .tooShort), ("é1", .tooShort), ("abcd\n", .severalLines),
            ("ab\r\ncd", .severalLines), ("ab\tcd", .control), ("abcd\u{7F}", .control), ("abcd\u{85}", .control),
            ("\u{FEFF}abcd", .invisible("\u{FEFF}")), ("ab\u{200B}cd", .invisible("\u{200B}")),
            ("ab\u{2028}cd", .invisible("\u{2028}")), ("\u{AD}", .invisible("\u{AD}")),
        ]
    )
    func reasons(text: String, problem: SecretProblem) {
        #expect(SecretProblem(of: text) == problem)
        #expect(problem.reason.hasPrefix("the value "))
    }

    @Test("is nothing else", arguments: ["abcd", "a b c", "éé", "🔑", "a\u{301}bc", "pass phrase"])
    func accepted(text: String) {
        #expect(SecretProblem(of: text) == nil)
    }
}
