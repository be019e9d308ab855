import Language
import Testing

@Suite("Any text at all")
struct RobustnessTests {
    @Test("is parsed to its end, and every finding lies within it")
    func signs() {
        let signs = Array("ab $${}:-?'\"\\\n\r\t;&|#!~-=.ö\u{FEFF}\u{7}")
        var numbers = Numbers(state: 42)
        for _ in 0..<4000 {
            let text = String(
                (0..<Int.random(in: 0...40, using: &numbers)).compactMap { _ in
                    signs.randomElement(using: &numbers)
                }
            )
            let source = SourceFile(name: "t", text: text)
            let (script, findings) = Parser.parse(source)
            for finding in findings {
                #expect(finding.span.start >= 0 && finding.span.start <= finding.span.end, "\(text.debugDescription)")
                #expect(finding.span.end <= source.bytes.count, "\(text.debugDescription)")
                #expect(!finding.message.isEmpty)
            }
            for chain in script.chains { #expect(chain.first.span.end <= source.bytes.count) }
        }
    }
}
