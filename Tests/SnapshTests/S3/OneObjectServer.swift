import TestSupport

/// A bucket with one backup of cluster `foo`, whose bytes a test can keep from coming.
struct OneObjectServer {
    static let name = "3.4.23_0000000000000009_etcd.backup"
    private let server: FaultServer
    private let isPlain: Bool

    /// - Parameters:
    ///   - plainName: What the backup is called where its layout is the plain one.
    ///   - fault: What a request for a range is answered with instead of its bytes; `nil` where they come.
    init(
        _ bytes: [UInt8],
        plainName: String? = nil,
        fault: @escaping @Sendable (_ range: ClosedRange<Int>) -> FaultServer.Response? = { _ in nil }
    ) throws {
        isPlain = plainName != nil
        server = try FaultServer { request in
            guard let range = Self.range(request) else {
                return .init(
                    200,
                    body: ListedKeys.listing([plainName ?? "v1/foo/\(Self.name)": bytes.count], for: request)
                )
            }
            return fault(range) ?? Self.part(of: bytes, range, tag: "one")
        }
    }

    var origin: String { server.origin }

    /// The ranges that were asked for, in order.
    var ranges: [ClosedRange<Int>] { server.requests.compactMap(Self.range) }

    /// The commands that pick the backup.
    var pick: String { "use s3 backups --endpoint \(origin); \(isPlain ? "" : "cluster foo; ")pick max" }

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
}
