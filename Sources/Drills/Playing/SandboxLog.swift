import Files
import FoundationEssentials

/// The log of a drill: one line for each event, added at the end and never changed. Several sessions can write it.
package struct SandboxLog: Sendable {
    private let path: String

    package init(of sandbox: Sandbox) { path = sandbox.logFile }

    /// Adds an event. May block.
    ///
    /// - Throws: `WorldError.cannotWrite`.
    package func add(_ event: SandboxEvent) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(event)
        do throws(SystemError) {
            try AppendedFile.add(line, to: path)
        } catch {
            throw WorldError.cannotWrite(path: path, reason: error.description)
        }
    }

    /// All events; a line that a kill has cut is left out. May block.
    package var events: [SandboxEvent] { events(from: 0).events }

    /// The events from a place on, and where the next ones begin. May block.
    package func events(from offset: Int) -> (events: [SandboxEvent], end: Int) {
        guard let content = try? FileContent(of: path, maxByteCount: 64 << 20), content.bytes.count > offset else {
            return ([], offset)
        }
        let bytes = content.bytes[offset...]
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return ([], offset) }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        let events = bytes[..<last].split(separator: UInt8(ascii: "\n")).compactMap {
            try? decoder.decode(SandboxEvent.self, from: Data($0))
        }
        return (events, last + 1)
    }
}
