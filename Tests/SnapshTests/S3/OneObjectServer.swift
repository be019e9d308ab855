import TestSupport

/// A bucket with one backup of cluster `foo`, whose bytes a test can keep from coming.
struct OneObjectServer {
    static let name = "3.4.23_0000000000000009_etcd.backup"
    private let server: FaultServer

    /// - Parameters:
    ///   - plainName: What the backup is called where its layout is the plain one.
    ///   - fault: What a request for a range is answered with instead of its bytes; `nil` where they come.
    init(
        _ bytes: [UInt8],
        plainName: String? = nil,
        fault: @escaping @Sendable (_ range: ClosedRange<Int>) -> FaultServer.Response? = { _ in nil }
    ) throws {
        server = try FaultServer { request in
            guard let range = Self.range(request) else {
                let listing = plainName.map { Self.plainListing(request, $0, bytes.count) }
                return .init(200, body: listing ?? Self.listing(request, bytes.count))
            }
            return fault(range) ?? Self.part(of: bytes, range, tag: "one")
        }
    }

    var origin: String { server.origin }

    /// The ranges that were asked for, in order.
    var ranges: [ClosedRange<Int>] { server.requests.compactMap(Self.range) }

    /// The commands that pick the backup.
    var pick: String { "use s3 backups --endpoint \(origin); cluster foo; pick max" }

    static func part(of bytes: [UInt8], _ range: ClosedRange<Int>, tag: String) -> FaultServer.Response {
        .init(
            206,
            headers: [
                "ETag": "\"\(tag)\"", "Content-Range": "bytes \(range.lowerBound)-\(range.upperBound)/\(bytes.count)",
            ],
            body: bytes[range]
        )
    }

    private static func range(_ request: FaultServer.Request) -> ClosedRange<Int>? {
        let numbers = request.headers["Range"]?.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        guard let numbers, numbers.count == 2 else { return nil }
        return numbers[0]...numbers[1]
    }

    private static func plainListing(_ request: FaultServer.Request, _ name: String, _ byteCount: Int) -> [UInt8] {
        let isOfAll = !request.target.contains("prefix=v1") && !request.target.contains("start-after=")
        return Array("<ListBucketResult>\(isOfAll ? contents(name, byteCount) : "")</ListBucketResult>".utf8)
    }

    private static func contents(_ key: String, _ byteCount: Int) -> String {
        "<Contents><Key>\(key)</Key><Size>\(byteCount)</Size><ETag>one</ETag>"
            + "<LastModified>2026-11-23T08:00:00Z</LastModified></Contents>"
    }

    private static func listing(_ request: FaultServer.Request, _ byteCount: Int) -> [UInt8] {
        let content =
            request.target.contains("prefix=v1%2Ffoo%2F")
            ? contents("v1/foo/\(name)", byteCount)
            : "<CommonPrefixes><Prefix>v1/foo/</Prefix></CommonPrefixes>"
        return Array("<ListBucketResult>\(content)</ListBucketResult>".utf8)
    }
}
