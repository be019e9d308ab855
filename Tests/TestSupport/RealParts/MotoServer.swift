/// moto, which plays AWS with its odd answers: versions, delete markers, storage classes, 206 and 412.
///
/// It accepts any signature. Unsigned, it lists and writes, but gets only what is public; else 403 without a body.
///
/// The same endpoint plays more of AWS:
/// - STS at `POST /`: AssumeRole must be signed for `sts` (unsigned, S3 takes it), AssumeRoleWithWebIdentity need not.
/// - The instance metadata at `/latest/api/token` and `/latest/meta-data/…`, with the role `default-role`, for all
///   tokens and none.
public final class MotoServer: Sendable {
    public let accessKeyID = "testing-access-key"
    public let secretAccessKey = "testing-secret-key"
    private let server: ServerProcess

    private static let common = Result { try MotoServer(home: .forRun()) }

    /// One for all tests, which make buckets with names of their own. It ends with the tests.
    public static func shared() throws -> MotoServer { try common.get() }

    /// Starts it, which takes a second or two.
    public convenience init() throws { try self.init(home: nil) }

    private init(home: TemporaryFolder?) throws {
        let tool = try PinnedTool.path("moto_server")
        server = try ServerProcess("moto_server", home: home) { [tool, "-H", "127.0.0.1", "-p", "\($0)"] }
    }

    /// Where its buckets are, path style: `http://127.0.0.1:PORT`.
    public var endpoint: String { "http://127.0.0.1:\(server.port)" }

    public func makeBucket(_ bucket: String) throws {
        try change("PUT", "/\(bucket)")
    }

    /// Keeps all versions of the bucket's objects from now on.
    public func enableVersioning(bucket: String) throws {
        let status = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
        try change("PUT", "/\(bucket)?versioning", body: Array(status.utf8))
    }

    /// Writes an object.
    ///
    /// - Parameters:
    ///   - storageClass: Such as `GLACIER`, whose objects are not readable.
    ///   - isPublic: Whether the unsigned may get it.
    /// - Returns: The version's ID, where the bucket keeps versions.
    @discardableResult
    public func put(
        bucket: String,
        key: String,
        bytes: some Sequence<UInt8>,
        storageClass: String? = nil,
        isPublic: Bool = false
    ) throws -> String? {
        var headers: HTTPHeaders = [:]
        headers["x-amz-storage-class"] = storageClass
        headers["x-amz-acl"] = isPublic ? "public-read" : nil
        return try change("PUT", target(bucket, key), headers: headers, body: Array(bytes)).headers["x-amz-version-id"]
    }

    /// Deletes an object, or only one version of it.
    ///
    /// - Returns: The ID of the delete marker, where the bucket keeps versions and none was named.
    @discardableResult
    public func delete(bucket: String, key: String, versionID: String? = nil) throws -> String? {
        let query = versionID.map { "?versionId=\($0)" } ?? ""
        return try change("DELETE", target(bucket, key) + query).headers["x-amz-version-id"]
    }

    /// Forgets all buckets and all else.
    public func reset() throws {
        try change("POST", "/moto-api/reset")
    }

    /// Ends it before this object goes away: its port then refuses.
    public func stop() { server.stop() }

    /// Sends a request as S3's clients do.
    public func send(
        _ method: String,
        _ target: String,
        headers: HTTPHeaders = [:],
        body: [UInt8] = []
    ) throws -> HTTPProbe.Answer {
        var headers = headers
        // moto tells the service by the scope, and never looks at the signature.
        headers["Authorization"] =
            "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/20260101/us-east-1/s3/aws4_request, "
            + "SignedHeaders=host, Signature=none"
        return try HTTPProbe.send(method, to: endpoint, target, headers: headers, body: body)
    }

    /// Sends a request that must succeed.
    @discardableResult
    private func change(
        _ method: String,
        _ target: String,
        headers: HTTPHeaders = [:],
        body: [UInt8] = []
    ) throws -> HTTPProbe.Answer {
        let answer = try send(method, target, headers: headers, body: body)
        guard 200..<300 ~= answer.status else {
            throw PartFailure("moto: \(method) \(target): status \(answer.status): \(answer.text)")
        }
        return answer
    }

    private func target(_ bucket: String, _ key: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        let encoded = key.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte))
                : (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
        return "/\(bucket)/\(encoded.joined())"
    }
}
