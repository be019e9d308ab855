import Testing

@testable import Shell

@Suite("The manual page")
struct ManualPageTests {
    private let lines: [String]

    init() throws {
        lines = try ManualPage.text(Sources.commands).split(separator: "\n").map(String.init)
    }

    /// As the page has it.
    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    }

    @Test("has every command, option, example, fact and record")
    func complete() {
        let commands = Sources.commands
        for command in commands.all {
            #expect(lines.contains(".SS \(escaped(command.usage))"), "\(command.name)")
            for term in command.options.map(\.longUsage) + command.examples.map(\.line) {
                #expect(lines.contains(".B \(escaped(term))"), "\(term)")
            }
        }
        for fact in Fact.all { #expect(lines.contains(".B \(escaped(fact.usage))"), "\(fact.usage)") }
        for record in commands.records {
            #expect(lines.contains(".SS \(escaped(record.kind))"), "\(record.kind)")
            for field in record.fields {
                #expect(lines.contains { $0.hasPrefix(escaped(field.name)) }, "\(record.kind): \(field.name)")
            }
        }
    }

    @Test("has no request but those of man(7), and no line that roff takes for one")
    func requests() {
        let known = [".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".nf", ".fi"]
        for line in lines where line.hasPrefix(".") || line.hasPrefix("'") {
            let request = line.split(separator: " ").first.map(String.init)
            #expect(request.map(known.contains) == true, "\(line)")
        }
        #expect(lines.count { $0 == ".nf" } == lines.count { $0 == ".fi" })
    }
}
