import Testing

@testable import Terminal

@Suite("What Tab does")
struct LineCompletionTests {
    private func action(_ typed: String, _ inserts: [String], suffix: String = " ") -> LineCompletion.Action {
        LineCompletion(replacing: 0..<typed.utf8.count, with: inserts.map { .init(insert: $0, suffix: suffix) })
            .action(typed: typed)
    }

    @Test("one candidate is put in, with what follows it")
    func one() {
        #expect(action("ex", ["exit"]) == .replace(text: "exit "))
        #expect(action("exit", ["exit"]) == .replace(text: "exit "))
        #expect(action("v1", ["v1/"], suffix: "") == .replace(text: "v1/"))
        #expect(action("my", ["'my file'"]) == .replace(text: "'my file' "))
    }

    @Test("one that stands there already changes nothing")
    func done() {
        #expect(action("v1/", ["v1/"], suffix: "") == .nothing)
        #expect(action("x", []) == .nothing)
    }

    @Test("of several what they have in common is put in, and then they are listed")
    func several() {
        #expect(action("cl", ["cluster", "clusters"]) == .replace(text: "cluster"))
        guard case .list(let candidates) = action("cluster", ["cluster", "clusters"]) else {
            Issue.record("no list")
            return
        }
        #expect(candidates.map(\.insert) == ["cluster", "clusters"])
    }

    @Test("quotes can be put in where candidates have them in common, and are not taken away")
    func quotes() {
        #expect(action("m", ["'my file'", "'my other'"]) == .replace(text: "'my "))
        guard case .list = action("my", ["'my file'", "mine"]) else {
            Issue.record("no list")
            return
        }
    }

    @Test("what is in common never ends inside of a letter")
    func letters() {
        guard case .list = action("", ["e\u{301}a", "e\u{300}a"]) else {
            Issue.record("no list")
            return
        }
        #expect(action("x", ["x\u{1F468}\u{200D}\u{1F469}", "x\u{1F468}", "x"]) != .replace(text: "x\u{1F468}"))
    }

    @Test("candidates with control characters are left out", arguments: ["\n", "\u{1B}", "\u{7F}", "\u{9B}", "\0"])
    func controls(control: String) {
        #expect(action("a", ["a\(control)b"]) == .nothing)
        #expect(action("a", ["a\(control)b", "abc"]) == .replace(text: "abc "))
    }
}
