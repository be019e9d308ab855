extension FaultServer {
    /// One request, as it came.
    public struct Request: Sendable {
        /// How many requests came before it, on all connections.
        public var index = 0
        /// How many connections were made before its own.
        public var connection: Int
        public var method: String
        /// The path and the query, not decoded.
        public var target: String
        public var headers: HTTPHeaders
        public var body: [UInt8]

        /// The path, not decoded.
        public var path: String { String(target.prefix { $0 != "?" }) }

        /// Reads the next one; `nil` where none comes, or something else. A chunked body is not read.
        init?(from reader: inout HTTPReader, connection: Int) {
            guard let (line, headers) = reader.head() else { return nil }
            let words = line.split(separator: " ")
            guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
            self.connection = connection
            method = String(words[0])
            target = String(words[1])
            self.headers = headers
            body = reader.bytes(headers["Content-Length"].flatMap { Int($0) } ?? 0)
        }
    }
}
