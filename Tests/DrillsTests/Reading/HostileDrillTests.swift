import Drills
import TestSupport
import Testing

@Suite("A hostile file of a drill")
struct HostileDrillTests {
    private func findings(_ text: String) -> [String] {
        DrillReader.read(Array(text.utf8), contents: WholeDrill.contents).findings.map {
            "\($0.line):\($0.column) \($0.message)"
        }
    }

    @Test("is refused where it is none")
    func none() {
        #expect(findings("") == ["1:1 the file is empty"])
        #expect(findings("# nothing\n") == ["1:1 the file is empty"])
        #expect(findings("12") == ["1:1 a drill is written as lines KEY: VALUE"])
        #expect(findings("[a, b]") == ["1:1 a drill is written as lines KEY: VALUE"])
        #expect(findings("drill: 1\n\u{0}") == ["2:1 it is not YAML: control characters are not allowed"])
        let bytes: [UInt8] = Array("drill: 1\nname: ".utf8) + [0xFF, 0xFE]
        #expect(DrillReader.read(bytes).findings.map(\.line) == [2])
    }

    @Test("is refused where it is too large, too deep, or of too many parts")
    func large() {
        #expect(findings(String(repeating: "# a comment\n", count: 100_000)) == ["1:1 it is larger than 1 MiB"])
        #expect(
            findings("drill: " + String(repeating: "[", count: 500_000)) == [
                "1:40 values lie within each other more than 32 deep"
            ]
        )
        #expect(
            findings("drill: [" + String(repeating: "a,", count: 100_000) + "]") == [
                "1:100003 it has more than 50000 values"
            ]
        )
    }

    @Test("has so many findings that one can read them")
    func many() {
        let text = WholeDrill.text.replacing("  cluster: [shop", with: "  A: [B]\n".repeated(1000) + "  cluster: [shop")
        #expect((100...300).contains(findings(text).count))
    }

    @Test("never ends the program", arguments: 0..<16)
    func mutated(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let source = Array(WholeDrill.text.utf8)
        let signs = Array("{}[]:,-|>&*!'\"#%@ \n\t0a".utf8) + [0, 0x80, 0xC3, 0xFF]
        for _ in 0..<250 {
            var bytes = source
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = signs[Int.random(in: 0..<signs.count, using: &random)]
                case 1: bytes.insert(signs[Int.random(in: 0..<signs.count, using: &random)], at: place)
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
                default:
                    // A piece from elsewhere.
                    let start = Int.random(in: 0..<source.count, using: &random)
                    bytes.insert(contentsOf: source[start..<min(source.count, start + 60)], at: place)
                }
            }
            let (drill, findings) = DrillReader.read(bytes, contents: WholeDrill.contents)
            #expect(drill != nil || !findings.isEmpty)
            let lineCount = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            for finding in findings {
                #expect((1...lineCount + 1).contains(finding.line) && finding.column >= 1 && !finding.message.isEmpty)
                #expect(!finding.message.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
            }
            if let drill { _ = drill.filled(with: drill.sampleValues).scripts.map { $0.place(line: 2, column: 40) } }
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
