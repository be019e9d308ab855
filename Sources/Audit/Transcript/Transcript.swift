import Files
import Glibc
import Text

/// A transcript that was read.
package struct Transcript: Sendable {
    package var path: String
    package var events: [TranscriptEvent]
    /// The lines that can't be read, from 1: a kill or a full disk cut them, or they were changed afterwards.
    package var tornLines: [Int]

    /// A larger one is refused before memory is taken for it.
    package static let maxByteCount = 64 << 20

    /// Reads a transcript. May block.
    ///
    /// - Throws: `TranscriptError`.
    package init(path: String) throws(TranscriptError) {
        var bytes: [UInt8] = []
        do throws(SystemError) {
            let descriptor = try systemCall { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
            defer { close(descriptor) }
            var buffer = [UInt8](repeating: 0, count: 256 << 10)
            while true {
                let count = try systemCall { read(descriptor, &buffer, buffer.count) }
                if count == 0 { break }
                bytes += buffer[..<count]
                if bytes.count > Self.maxByteCount { break }
            }
        } catch  where error.code == ENOENT {
            throw .notFound(path: path)
        } catch {
            throw .cannotRead(path: path, reason: error.description)
        }
        if bytes.count > Self.maxByteCount {
            throw .cannotRead(path: path, reason: "it is larger than \(Int64(Self.maxByteCount).byteCountText)")
        }
        try self.init(bytes, path: path)
    }

    /// - Throws: `TranscriptError.badLine` where no line is one of a transcript.
    init(_ bytes: [UInt8], path: String) throws(TranscriptError) {
        self.path = path
        events = []
        tornLines = []
        var firstReason: String?
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in zip(1..., lines) where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
            do {
                if let event = try TranscriptLine.decoded(line) { events.append(event) }
            } catch {
                firstReason = firstReason ?? Self.reason(of: error)
                tornLines.append(index)
            }
        }
        guard events.isEmpty, let reason = firstReason,
            !TranscriptLine.canBegin(bytes.prefix(TranscriptFile.maxHeadByteCount))
        else { return }
        throw .badLine(path: path, line: tornLines[0], reason: reason)
    }

    init(events: [TranscriptEvent], path: String) {
        (self.events, self.path) = (events, path)
        tornLines = []
    }

    private static func reason(of error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): "it has no '\(key.stringValue.printable)'"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: ".").printable)' is of another type"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "'\(context.codingPath.map(\.stringValue).joined(separator: ".").printable)' can't be read"
        default: "it is not JSON"
        }
    }
}
