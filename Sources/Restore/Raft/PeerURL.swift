import Text

/// The URL of a member for its peers, in the form in which etcd counts it into ids.
///
/// The scheme is in lower case; host and port stay as they are written, and so does every difference between them
/// (etcd v3.5.1 `client/pkg/types/urls.go`, `NewURLs`).
struct PeerURL: Sendable, Hashable, Comparable {
    let text: String

    private static let schemes = ["http", "https", "unix", "unixs"]

    /// - Throws: Why it is none, as the second half of a sentence.
    init(_ written: some StringProtocol) throws(Reason) {
        let trimmed = written.drop { $0 == " " }
        let text = String(trimmed.prefix(trimmed.count - trimmed.reversed().prefix { $0 == " " }.count))
        guard let separator = text.firstRange(of: "://") else {
            throw Reason("it has no scheme, as http:// is one")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard Self.schemes.contains(scheme) else {
            throw Reason("its scheme is none of \(Self.schemes.joined(separator: ", "))")
        }
        let address = text[separator.upperBound...]
        if address.contains("/") { throw Reason("it has a path, be it only a '/'") }
        if address.contains("@") { throw Reason("it has a user's name in it") }
        if address.contains("?") || address.contains("#") { throw Reason("it has a query or a fragment") }
        guard let colon = address.lastIndex(of: ":"), case let port = address[address.index(after: colon)...],
            !port.isEmpty, port.utf8.allSatisfy(\.isASCIIDigit)
        else { throw Reason("it has no port") }
        guard UInt32(port).map({ $0 <= 65535 }) ?? false else { throw Reason("there is no port \(port)") }
        let host = address[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let name = isBracketed ? host.dropFirst().dropLast() : host
        let mayHold: (UInt8) -> Bool = { byte in
            byte.isASCIIAlphanumeric || "-._".utf8.contains(byte)
                || isBracketed && byte == UInt8(ascii: ":")
        }
        guard name.utf8.allSatisfy(mayHold) else { throw Reason("'\(host)' is no host") }
        self.text = "\(scheme)://\(address)"
    }

    struct Reason: Error {
        var text: String
        init(_ text: String) { self.text = text }
    }

    /// In the order of their bytes.
    static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
