import Text

extension CommandDeclaration {
    static let history = CommandDeclaration(
        words: ["history"],
        summary: "list the lines typed so far",
        details: ["'!N' runs the line of that number again, and '!!' the last one."],
        examples: [.init("history", "oldest first")],
        isForPromptOnly: true,
        records: [.history],
        dryRun: .asUsual,
        run: { _, session in
            let lines = session.dependencies.history().map(session.dependencies.commands.secretLine.masking)
            let width = String(lines.count).count
            let numbered = lines.enumerated().map { index, line in
                let number = String(index + 1)
                return String(repeating: " ", count: width - number.count + 2) + number + "  " + line.printable
            }
            session.output.listing(
                numbered.joined(separator: "\n"),
                isVerbatim: true,
                json: lines.map { HistoryRecord(line: $0) }
            )
        }
    )

    private struct HistoryRecord: Encodable {
        let kind = "history"
        let line: String
    }
}
