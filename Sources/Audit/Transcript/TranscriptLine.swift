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

    private struct Head: Decodable {
        var kind: String
        var run: String
    }
}
