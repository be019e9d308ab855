import Testing

@testable import Language

@Suite("Facts of things")
struct FactTests {
    private func words(of text: String) -> (words: [Word], findings: [String]) {
        let (script, findings) = Parser.parse(SourceFile(name: "t", text: text))
        let words = script.chains.first?.first.arguments.compactMap {
            if case .word(let word) = $0 { word } else { nil }
        }
        return (words ?? [], findings.map(\.message))
    }

    @Test(
        "a bare word of that form is one, with its words quoted as anywhere",
        arguments: [
            ("file(out.db).verified", "file().verified", ["out.db"]),
            ("file( 'a b.db' ).keys", "file().keys", ["a b.db"]),
            ("key(out.db, \"/registry/a, b\").value", "key().value", ["out.db", "/registry/a, b"]),
            ("key(out\\,1.db,/a).exists", "key().exists", ["out,1.db", "/a"]),
            ("data(d).cluster-id", "data().cluster-id", ["d"]),
            ("port([::1]:2379).open", "port().open", ["[::1]:2379"]),
            ("key(a, \\\n  b).value", "key().value", ["a", "b"]),
        ]
    )
    func bare(text: String, name: String, expected: [String]) throws {
        let (found, findings) = words(of: "expect \(text) == x")
        #expect(findings.isEmpty && found.count == 3)
        let fact = try #require(found.first?.fact)
        #expect(fact.name == name && fact.words.map(\.literal) == expected)
        #expect(found[0].span == Span(7, 7 + text.utf8.count))
    }

    @Test("the same word is a plain one where no fact is meant")
    func plain() {
        #expect(words(of: "verify a(1).db").words.map(\.literal) == ["a(1).db"])
        #expect(words(of: "echo f($x).y").words.first?.parts.count == 3)
    }

    @Test(
        "what is not of that form stays a plain word",
        arguments: ["file(out.db)", "file().x", "(a).b", "f(a).b/c", "f(a;).b", "f(a, b", "f(a b).c", "f(a,,b).c"]
    )
    func none(text: String) {
        #expect(words(of: "echo \(text)").words.allSatisfy { $0.fact == nil })
    }

    @Test("in braces it stands anywhere, also in quotes and in another one")
    func braces() throws {
        let (found, findings) = words(
            of: "echo \"a ${file(\"x y\").sha256:-none}\" ${key(${file(a).path}, $k).value}"
        )
        #expect(findings.isEmpty && found.count == 2)
        guard case .variable(let first)? = found[0].parts.last, case .variable(let second)? = found[1].parts.first
        else {
            Issue.record("no variables")
            return
        }
        #expect(first.name == "file().sha256" && first.words.first?.literal == "x y")
        guard case .text("none") = first.otherwise else { return #expect(Bool(false)) }
        #expect(second.name == "key().value" && second.words.count == 2)
    }

    @Test(
        "one that is wrong in braces is a finding",
        arguments: [
            ("${file(a.b}", "'file(…' is not closed"), ("${file().x}", "a word is missing in 'file(…)'"),
            ("${file(a)}", "'.' and a name are missing after 'file(…)'"),
            ("${file(a).}", "a name is missing after 'file(…).'"), ("${f(a,b,c,d,e).x}", "'f(…)' has too many words"),
            ("${f(${f(${f(${f(${f(a).x}).x}).x}).x}).x}", "too many facts lie in each other here"),
        ]
    )
    func wrong(text: String, message: String) {
        #expect(words(of: "echo \(text)").findings == [message])
    }

    @Test("a long line of beginnings takes no longer than it is long")
    func long() {
        let text = "echo " + String(repeating: "a(x, ", count: 100_000)
        #expect(words(of: text).words.count == 100_000)
        #expect(words(of: "echo " + String(repeating: "${a(", count: 100_000)).findings.count == 1)
    }
}
