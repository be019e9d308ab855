import Foundation

/// A small HTTP/1.1 client of the tests' own: one request a connection, to a server on 127.0.0.1.
public enum HTTPProbe {
    public struct Answer: Sendable {
        public var status: Int
        public var headers: HTTPHeaders
        public var body: [UInt8]
        /// The body as text; bytes that are not UTF-8 are replaced.
        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Sends a request, and reads its answer to the end.
    ///
    /// - Parameters:
    ///   - origin: Such as `http://127.0.0.1:8080`.
    ///   - target: The path and the query, sent as they stand.
    ///   - timeLimit: How long nothing may come, in seconds.
    /// - Throws: `PartFailure` where nothing answers, or not all of it comes.
    public static func send(
        _ method: String = "GET",
        to origin: String,
        _ target: String,
        headers: HTTPHeaders = [:],
        body: [UInt8] = [],
        timeLimit: Int = 60
    ) throws -> Answer {
        let host = origin.dropFirst("http://".count)
        guard origin.hasPrefix("http://127.0.0.1:"), let port = UInt16(host.dropFirst("127.0.0.1:".count)) else {
            throw PartFailure("cannot send a request to \(origin): it is not http://127.0.0.1:PORT")
        }
        let connection = try Loopback.connect(to: port, timeLimit: timeLimit)
        defer { close(connection) }

        var fields: HTTPHeaders = ["Host": String(host), "Connection": "close", "Content-Length": "\(body.count)"]
        for field in headers.fields { fields[field.name] = field.value }
        // A server may answer, and close, before it has read all: what it said counts.
        _ = Loopback.send(Array("\(method) \(target) HTTP/1.1\r\n\(fields.text)\r\n".utf8) + body, to: connection)

        var reader = HTTPReader(connection)
        guard let (line, answered) = reader.head() else { throw PartFailure("\(method) \(target): no answer") }
        let words = line.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw PartFailure("\(method) \(target): not HTTP: \(line.debugDescription)")
        }
        guard method != "HEAD" else { return Answer(status: status, headers: answered, body: []) }
        return Answer(status: status, headers: answered, body: try content(answered, of: &reader))
    }

    /// Sends a request, and reads of its answer, which may never end, as much as is wanted.
    ///
    /// - Parameters:
    ///   - timeLimit: Where nothing comes for so many seconds, that is all.
    ///   - isEnough: Asked with all that came so far.
    /// - Returns: What came.
    public static func begin(
        _ method: String,
        to origin: String,
        _ target: String,
        body: [UInt8],
        timeLimit: Int,
        until isEnough: (String) -> Bool
    ) throws -> String {
        guard let port = UInt16(origin.dropFirst("http://127.0.0.1:".count)) else {
            throw PartFailure("cannot send a request to \(origin): it is not http://127.0.0.1:PORT")
        }
        let connection = try Loopback.connect(to: port, timeLimit: timeLimit)
        defer { close(connection) }
        let fields: HTTPHeaders = ["Host": "127.0.0.1:\(port)", "Content-Length": "\(body.count)"]
        _ = Loopback.send(Array("\(method) \(target) HTTP/1.1\r\n\(fields.text)\r\n".utf8) + body, to: connection)
        var came: [UInt8] = []
        while !isEnough(String(decoding: came, as: UTF8.self)) {
            let (bytes, _) = Loopback.receive(from: connection)
            if bytes.isEmpty { break }
            came += bytes
        }
        return String(decoding: came, as: UTF8.self)
    }

    private static func content(_ headers: HTTPHeaders, of reader: inout HTTPReader) throws -> [UInt8] {
        if headers["Transfer-Encoding"]?.lowercased() == "chunked" {
            guard let content = reader.chunks() else { throw PartFailure("the last chunk is missing") }
            return content
        }
        guard let byteCount = headers["Content-Length"].flatMap({ Int($0) }) else { return reader.rest() }
        let content = reader.bytes(byteCount)
        guard content.count == byteCount else {
            throw PartFailure("\(content.count) bytes came of \(byteCount)")
        }
        return content
    }
}
