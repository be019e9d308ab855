package import FoundationEssentials
import Text

/// One request, as it goes over the wire.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
    }

    package var method: Method
    package var origin: HTTPOrigin
    /// The path and the query, percent-encoded: sent as it stands here, and beginning with `/`.
    package var target: String
    /// Without `Host` and `Content-Length`, which the client adds.
    package var headers: [HTTPField]
    package var body: [UInt8]
    /// How long it may take until a connection stands, and how long nothing may come over it.
    package var timeLimits: HTTPTimeLimits
    /// Whether it goes through the proxy that the environment names. What only this machine or its host answers
    /// (the metadata of an instance, a container's credentials) must not.
    package var mayUseProxy: Bool

    package init(
        _ method: Method = .get,
        _ origin: HTTPOrigin,
        target: String,
        headers: [HTTPField] = [],
        body: [UInt8] = [],
        timeLimits: HTTPTimeLimits = HTTPTimeLimits(),
        mayUseProxy: Bool = true
    ) {
        self.method = method
        self.origin = origin
        self.target = target
        self.headers = headers
        self.body = body
        self.timeLimits = timeLimits
        self.mayUseProxy = mayUseProxy
    }
}

/// How long a request may wait for what.
package struct HTTPTimeLimits: Sendable, Hashable {
    /// Until a connection stands, with TLS.
    package var connecting: Duration = .seconds(5)
    /// In which nothing comes over a connection that stands.
    package var idle: Duration = .seconds(30)

    package init(connecting: Duration = .seconds(5), idle: Duration = .seconds(30)) {
        self.connecting = connecting
        self.idle = idle
    }
}

/// One header field.
package struct HTTPField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a response begins with.
package struct HTTPHead: Sendable {
    package var status: Int
    package var headers: [HTTPField]
    /// The proxy that it may come from in the server's place, as sentences name it.
    package var proxy: String?

    package init(status: Int, headers: [HTTPField] = []) {
        self.status = status
        self.headers = headers
    }

    /// The first value of a header field; names are the same in upper and lower case.
    package subscript(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}

extension HTTPHead {
    /// When the server sent it, by its own clock.
    package var date: Date? { self["Date"].flatMap(HTTPDate.date) }

    /// What a size can be: beyond 2^53 bytes no file is, and JSON's numbers are not exact.
    package static let possibleByteCounts: ClosedRange<Int64> = 0...1 << 53

    /// How many bytes all of it has, of which the body may be a part (RFC 9110, section 14.4); `nil` where it is
    /// unknown, or can't be.
    package var wholeByteCount: Int64? {
        let written =
            status == 206
            ? self["Content-Range"].flatMap { $0.wholeMatch(of: /bytes [0-9]+-[0-9]+\/([0-9]{1,18})/) }
                .flatMap { Int64($0.1) }
            : self["Content-Length"].flatMap { Int64($0) }
        return written.flatMap { Self.possibleByteCounts.contains($0) ? $0 : nil }
    }
}

extension HTTPField {
    /// Asks for the first byte only. A server that ignores it sends everything.
    package static let firstByte = HTTPField("Range", "bytes=0-0")
}

/// Thrown into a transfer when the head of the response is all that was wanted: the rest is not read.
package struct HeadIsEnough: Error {
    package var head: HTTPHead

    package init(head: HTTPHead) {
        self.head = head
    }
}

/// A whole response, in memory.
package struct HTTPResponse: Sendable {
    package var head: HTTPHead
    package var body: [UInt8]

    package init(_ head: HTTPHead, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    package var status: Int { head.status }
    /// The body as text; what is no UTF-8 is replaced.
    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// Sends a request and reads the whole response, at most `HTTPResponse.maxBodyByteCount` of it. It follows no redirect.
///
/// Throws `HTTPError`, and `CancellationError` where its task is cancelled.
package typealias HTTPExchange = @Sendable (HTTPRequest) async throws -> HTTPResponse

extension HTTPResponse {
    /// What is kept of a response that is read whole: none that is meant is longer.
    package static let maxBodyByteCount = 4 << 20
}
