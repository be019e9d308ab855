import Drills
import Testing

@Suite("Values of a drill")
struct DrillValueTests {
    private let drill: Drill

    init() throws {
        drill = try #require(DrillReader.read(Array(WholeDrill.text.utf8), contents: WholeDrill.contents).drill)
    }

    @Test("follow from the seed, on any machine")
    func seeds() {
        // As the reference implementation of SplitMix64 begins for 1234567.
        var numbers = Seed(1_234_567).numbers
        #expect(
            [numbers.next(), numbers.next(), numbers.next()] == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ]
        )
        #expect(drill.chosen(by: Seed(1)) == drill.chosen(by: Seed(1)))
        let chosen = Set((0..<100).map { drill.chosen(by: Seed($0)) })
        #expect(chosen.count == 6, "each pair of values is chosen by some seed")
        #expect(drill.chosen(by: Seed(7)) == ["cluster": "shop", "town": "Ulm"])
    }

    @Test("stand for their placeholders in every text")
    func filling() {
        let names = ["cluster", "town", "newest.name"]
        #expect(drill.placeholders == Set(names))
        let half = drill.filled(with: ["cluster": "shop"])
        #expect(half.placeholders == ["town", "newest.name"])
        let filled = half.filled(with: ["town": "Ulm", "newest.name": "3.4.23_00000000000000d4_etcd.backup"])
        #expect(filled.placeholders.isEmpty)
        #expect(filled.story[0] == "The etcd of shop in Ulm is gone.")
        #expect(filled.world.clusters.map(\.name) == ["shop"] && filled.world.service?.cluster == "shop")
        #expect(filled.parameters["cluster"] == "shop")
        #expect(filled.mistakes[0].example[2] == "pick 3.4.23_00000000000000d4_etcd.backup")
        #expect(filled.solution[0] == "cluster shop")
        #expect(filled.scripts[0].lines[0].text != drill.scripts[0].lines[0].text)
    }

    @Test("have samples for each placeholder that could be written")
    func samples() {
        #expect(drill.placeholders.isSubset(of: drill.sampleValues.keys))
        #expect(drill.filled(with: drill.sampleValues).placeholders.isEmpty)
    }

    @Test(
        "leave what is no placeholder as it is",
        arguments: ["", "{", "{{", "a {b} }} c", "{{}}", "{{ cluster }}", "ä{{ö"]
    )
    func others(text: String) {
        var other = drill
        other.debrief = [text]
        #expect(other.filled(with: ["cluster": "shop"]).debrief == [text])
    }
}

@Suite("Scripts of a drill")
struct DrillScriptTests {
    private let drill: Drill

    init() throws {
        drill = try #require(DrillReader.read(Array(WholeDrill.text.utf8), contents: WholeDrill.contents).drill)
    }

    @Test("know the place of each line in the file")
    func places() throws {
        let lines = WholeDrill.text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        #expect(
            drill.scripts.map(\.role) == [
                "the example of 'took-unverified'", "the example of 'lets-old-members-in'", "the last hint",
                "the solution",
            ]
        )
        for script in drill.scripts {
            for (index, line) in script.lines.enumerated() {
                let place = script.place(line: index + 1, column: 1)
                #expect((place.line, place.column) == (line.line, line.column))
                #expect(String(lines[line.line - 1].dropFirst(line.column - 1)) == line.text)
            }
        }
    }

    @Test("know it when values stand for placeholders")
    func filled() throws {
        let script = try #require(
            drill.filled(with: ["cluster": "a", "newest.name": "a-longer-name-than-that"]).scripts.first
        )
        #expect(
            script.text
                == "cluster a\nuse s3 my-backups\npick a-longer-name-than-that\nget recovered.db --keep-unverified || echo kept\n"
        )
        let raw = try #require(drill.scripts.first)
        func column(_ line: Int, _ column: Int) -> Int {
            let place = script.place(line: line, column: column)
            #expect(place.line == raw.lines[line - 1].line)
            return place.column - raw.lines[line - 1].column + 1
        }
        #expect(column(1, 1) == 1 && column(1, 9) == 9)
        // Behind the value, where the file has '}}'.
        #expect(column(1, 10) == 20)
        #expect(column(3, 6) == 6 && column(3, 7) == 6 && column(3, 29) == 21)
        #expect(column(4, 7) == 7)
        // Beyond the end.
        #expect(script.place(line: 99, column: 1).line == raw.lines.last?.line)
    }

    @Test("know it in quotes and behind CRLF, too")
    func quotesAndLineEnds() throws {
        let text = WholeDrill.text.replacing("example: echo nothing", with: "example: 'echo nothing'")
            .replacing("\n", with: "\r\n")
        let (drill, findings) = DrillReader.read(Array(text.utf8), contents: WholeDrill.contents)
        #expect(findings == [])
        let found = try #require(drill?.scripts)
        #expect(found.map { $0.lines.map(\.line) } == self.drill.scripts.map { $0.lines.map(\.line) })
        #expect(found[0].lines.map(\.column) == self.drill.scripts[0].lines.map(\.column))
        #expect(found[1].lines.map(\.column) == [15])
    }
}
