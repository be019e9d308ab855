import Foundation

/// Reads HTTP/1.1 messages from a connection.
struct HTTPReader {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The first line and the header fields of the next message; `nil` where the connection ends before.
    mutating func head() -> (line: String, headers: HTTPHeaders)? {
        guard let line = self.line() else { return nil }
        var headers: HTTPHeaders = [:]
        while let field = self.line() {
            if field.isEmpty { return (line, headers) }
            let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            headers.fields.append(
                .init(name: String(parts[0]), value: parts[1].trimmingCharacters(in: .whitespaces))
            )
        }
        return nil
    }

    /// As many bytes; fewer where the connection ends before.
    mutating func bytes(_ count: Int) -> [UInt8] {
        while buffer.count < count, fill() { continue }
        return take(min(count, buffer.count))
    }

    /// All bytes up to the end of the connection.
    mutating func rest() -> [UInt8] {
        while fill() { continue }
        return take(buffer.count)
    }

    /// The content of a chunked body; `nil` where it is not whole.
    mutating func chunks() -> [UInt8]? {
        var content: [UInt8] = []
        while let line = self.line(), let count = Int(line.prefix { $0 != ";" }, radix: 16) {
            let chunk = bytes(count)
            guard chunk.count == count, self.line() == "" else { return nil }
            if count == 0 { return content }
            content += chunk
        }
        return nil
    }

    private mutating func line() -> String? {
        var searched = 0
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = take(end + 1).dropLast()
                return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
            }
            searched = buffer.count
            guard fill() else { return nil }
        }
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private mutating func fill() -> Bool {
        let bytes = Loopback.receive(from: descriptor).bytes
        buffer += bytes
        return !bytes.isEmpty
    }
}
