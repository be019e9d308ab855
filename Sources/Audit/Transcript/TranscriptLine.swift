import FoundationEssentials
import Text

/// A line of a transcript as text.
package enum TranscriptLine {
    /// One line of JSON, without its end.
    package static func encoded(_ event: TranscriptEvent) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        return Array(try encoder.encode(event))
    }

    /// - Throws: `DecodingError` where it is no such line.
    static func decoded(_ line: ArraySlice<UInt8>) throws -> TranscriptEvent? {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            if let date = InternetTime.date(text) { return date }
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text.printable)' is not a time")
        }
        let data = Data(line)
        // A later version may write lines that this one does not know.
        let head = try decoder.decode(Head.self, from: data)
        guard TranscriptEvent.Kind(rawValue: head.kind) != nil else { return nil }
        return try decoder.decode(TranscriptEvent.self, from: data)
    }

    /// Whether a file that begins so is a transcript: its first line is one, or is the begin of one that a kill or a
    /// full disk cut.
    static func canBegin(_ head: some Sequence<UInt8>) -> Bool {
        for line in Array(head).split(separator: UInt8(ascii: "\n")) {
            if (try? decoded(line)) != nil { return true }
            // What ends with a bracket is whole, and something else.
            guard line.last != UInt8(ascii: "}"),
                openings.contains(where: { line.starts(with: $0) || $0.starts(with: line) })
            else { return false }
        }
        return true
    }

    /// What a run's first line begins with: its keys are sorted.
    private static let openings = ["{\"host\":\"", "{\"dryRun\":true,\"host\":\""].map { Array($0.utf8) }

    private struct Head: Decodable {
        var kind: String
        var run: String
    }
}
