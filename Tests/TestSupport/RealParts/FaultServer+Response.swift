extension FaultServer {
    /// What a request is answered with, and how that goes wrong.
    public struct Response: Sendable {
        /// How the answer tells where its body ends.
        public enum Framing: Sendable {
            /// By its Content-Length.
            case length
            /// By a Content-Length that may be wrong.
            case claimedLength(Int)
            /// By chunks of up to 8 KiB.
            case chunks
            /// By the end of the connection.
            case end
        }

        /// What comes after the last byte that is sent.
        public enum Ending: Sendable {
            /// The next request.
            case keepAlive
            case close
            /// The client reads "connection reset by peer".
            case reset
            /// Nothing, until the client goes away or the server is stopped.
            case stall
            /// The body again, and again.
            case repetition
        }

        enum Head {
            case http(status: Int, HTTPHeaders, Framing)
            /// The body is all.
            case none
        }

        var head: Head
        var body: [UInt8]
        var ending: Ending
        /// Whether the end of the body is told.
        var isWhole = true
        var delay = Duration.zero

        /// An answer without a fault.
        public init(
            _ status: Int = 200,
            headers: HTTPHeaders = [:],
            body: some Sequence<UInt8> = [],
            framing: Framing = .length
        ) {
            head = .http(status: status, headers, framing)
            self.body = Array(body)
            ending = if case .end = framing { .close } else { .keepAlive }
        }

        private init(raw: [UInt8], ending: Ending) {
            head = .none
            body = raw
            self.ending = ending
        }

        /// Bytes that need not be HTTP.
        public static func raw(_ bytes: some Sequence<UInt8>, then ending: Ending = .close) -> Response {
            Response(raw: Array(bytes), ending: ending)
        }

        /// Not a byte, and the connection is closed.
        public static let closed = raw([])
        /// Not a byte, ever.
        public static let silence = raw([], then: .stall)

        /// Only the first bytes of the body are sent; of chunks, the last one is missing even where the body is whole.
        public func cut(after byteCount: Int, then ending: Ending = .reset) -> Response {
            var response = self
            if case .http(let status, let headers, .length) = head {
                response.head = .http(status: status, headers, .claimedLength(body.count))
            }
            response.body = Array(body.prefix(byteCount))
            response.ending = ending
            response.isWhole = false
            return response
        }

        /// The body never ends. It should be chunked, end with the connection, or claim a great length.
        public func endless() -> Response {
            var response = self
            response.ending = .repetition
            response.isWhole = false
            return response
        }

        /// It is sent later.
        public func delayed(by delay: Duration) -> Response {
            var response = self
            response.delay = delay
            return response
        }
    }
}

extension FaultServer.Response: CustomStringConvertible {
    /// In a few words: logs of tests hold their arguments.
    public var description: String {
        switch head {
        case .http(let status, _, let framing): "\(status), \(body.count) bytes, \(framing), then \(ending)"
        case .none: "\(body.count) bytes that need not be HTTP, then \(ending)"
        }
    }
}
