import Backups
import FoundationEssentials
import HTTP
import Synchronization
import Text

/// Sends signed calls to one bucket, and sets right what a response says is wrong with them: the region, the clock,
/// keys that have expired. Each is tried once for a call; credentials never go to another server.
package final class S3Client: Sendable {
    let bucket: String
    private let addressing: S3Addressing
    private let connections: HTTPConnections
    /// `nil` where calls are not signed.
    private let credentials: CachedCredentials?
    private let clock: ServerClock
    private let report: @Sendable (Notice) -> Void
    private let state: Mutex<State>
    /// Who waits for a connection does so here: in the client's own queue the time for a response would run.
    private let turns = AsyncSemaphore(HTTPConnections.countPerOrigin)

    /// What responses have shown so far.
    private struct State {
        var region: String
        /// Whether there was a response: a server that was there may come back.
        var hasAnswered = false
    }

    private static let maxErrorByteCount = 64 << 10
    /// In characters: what a server says of a refusal is one sentence.
    private static let maxReasonCount = 300

    init(
        addressing: S3Addressing,
        region: String,
        connections: HTTPConnections,
        credentials: CachedCredentials?,
        clock: ServerClock,
        report: @escaping @Sendable (Notice) -> Void
    ) {
        self.bucket = addressing.bucket
        self.addressing = addressing
        self.connections = connections
        self.credentials = credentials
        self.clock = clock
        self.report = report
        state = Mutex(State(region: region))
    }

    /// Where the bucket is, by what is known now.
    var origin: HTTPOrigin { addressing.address(region: state.withLock { $0.region }).origin }

    /// The whole response to a call.
    func response(to call: S3Call) async throws -> HTTPResponse {
        var body: [UInt8] = []
        let head = try await send(call) { _, bytes in
            guard body.count + bytes.count <= HTTPResponse.maxBodyByteCount else {
                throw S3Error.notS3(origin, reason: "its response does not end")
            }
            body += bytes
        }
        return HTTPResponse(head, body: body)
    }

    /// Sends a call, and hands over the body of its response as it comes.
    ///
    /// - Throws: `S3Error`, `StoreError`, `CredentialError`, what the sink throws, and `CancellationError`.
    func send(
        _ call: S3Call,
        into sink: (HTTPHead, UnsafeRawBufferPointer) throws -> Void
    ) async throws -> HTTPHead {
        var done: Set<Correction> = []
        while true {
            var errorBody: [UInt8] = []
            let sent: Sent
            let head: HTTPHead
            do {
                try await turns.enter()
                (sent, head) = try await turns.leaving {
                    let sent = try await signed(call)
                    let head = try await connections.send(sent.request) { head, bytes in
                        if (200...299).contains(head.status) {
                            try sink(head, bytes)
                        } else if errorBody.count < Self.maxErrorByteCount {
                            errorBody += bytes.prefix(Self.maxErrorByteCount - errorBody.count)
                        }
                    }
                    return (sent, head)
                }
            } catch let error as HTTPError {
                throw failure(error, of: call)
            }
            state.withLock { $0.hasAnswered = true }
            if (200...299).contains(head.status) { return head }
            let refusal = S3ErrorResponse(head, body: errorBody)
            guard let correction = correction(for: refusal, to: sent), done.insert(correction).inserted else {
                throw failure(refusal, of: call, sent)
            }
            try await correct(correction, sent)
        }
    }

    // MARK: - Signing

    private struct Sent {
        var request: HTTPRequest
        var region: String
        /// When it was signed.
        var date: Date
        var credentials: FoundCredentials?
    }

    private func signed(_ call: S3Call) async throws -> Sent {
        let region = state.withLock { $0.region }
        let address = addressing.address(region: region)
        var request = HTTPRequest(
            call.method == .head ? .head : .get,
            address.origin,
            target: address.target(key: call.key, query: call.query),
            headers: call.headers
        )
        // Else some servers unpack objects that were stored packed, and know no ranges of them. A listing is to come
        // plain.
        request.headers.append(HTTPField("Accept-Encoding", call.purpose == .list ? "identity" : "gzip"))
        guard let found = try await credentials?.current() else {
            return Sent(request: request, region: region, date: clock.now, credentials: nil)
        }
        let date = clock.now
        request.headers.append(HTTPField("X-Amz-Content-Sha256", SignatureV4.emptyPayloadHash))
        let signature = SignatureV4(
            accessKeyID: found.credentials.accessKeyID,
            secretAccessKey: found.credentials.secretAccessKey,
            sessionToken: found.credentials.sessionToken,
            region: region,
            service: "s3"
        )
        request.headers = signature.signedHeaders(
            of: request,
            payloadHash: SignatureV4.emptyPayloadHash,
            date: date
        )
        return Sent(request: request, region: region, date: date, credentials: found)
    }

    // MARK: - Corrections

    private enum Correction: Hashable {
        case region(String)
        /// The server's time.
        case clock(Date)
        case credentials

        // Of each kind one is tried, whatever it says.
        private var kind: Int {
            switch self {
            case .region: 0
            case .clock: 1
            case .credentials: 2
            }
        }

        static func == (a: Correction, b: Correction) -> Bool { a.kind == b.kind }
        func hash(into hasher: inout Hasher) { hasher.combine(kind) }
    }

    private func correction(for refusal: S3ErrorResponse, to sent: Sent) -> Correction? {
        if refusal.isOfExpiry, sent.credentials != nil { return .credentials }
        if let region = refusal.region, region != sent.region, refusal.isOfRegion { return .region(region) }
        if [400, 403].contains(refusal.status), sent.credentials != nil, let date = refusal.date,
            ServerClock.isOff(sent.date, from: date)
        {
            return .clock(date)
        }
        return nil
    }

    private func correct(_ correction: Correction, _ sent: Sent) async throws {
        switch correction {
        case .region(let region):
            let isNews = state.withLock { state in
                defer { state.region = region }
                return state.region != region
            }
            if isNews { report(.note("the bucket is in the region \(region), not in \(sent.region)")) }
        case .clock(let date):
            clock.setRight(by: date)
        case .credentials:
            guard let credentials, let rejected = sent.credentials else { return }
            _ = try await credentials.renew(rejected.credentials)
        }
    }

    // MARK: - Failures

    private func purpose(_ call: S3Call) -> String {
        switch call.purpose {
        case .list: "list bucket '\(bucket.printable)'"
        case .read(let key): "read \(key.printable)"
        }
    }

    /// What a sentence about the call is about, as stores say it.
    private func name(_ call: S3Call) -> String {
        switch call.purpose {
        case .list: "bucket '\(bucket)'"
        case .read(let key): key
        }
    }

    /// Source: Amazon S3 User Guide, "Required permissions for Amazon S3 API operations".
    private func permission(for call: S3Call, in region: String) -> String {
        let bucketName = "arn:aws\(region.hasPrefix("cn-") ? "-cn" : ""):s3:::\(bucket)"
        let names = Set(call.query.map(\.name))
        return switch call.purpose {
        case .list: "s3:ListBucket\(names.contains("versions") ? "Versions" : "") on \(bucketName)"
        case .read: "s3:GetObject\(names.contains("versionId") ? "Version" : "") on \(bucketName)/*"
        }
    }

    private func failure(_ error: HTTPError, of call: S3Call) -> any Error {
        let mayComeBack =
            switch error {
            // The first request decides whether another source is tried: it does not wait long for this one.
            case .refused, .cannotResolve, .cannotConnect, .silent: state.withLock(\.hasAnswered)
            default: error.isTransient
            }
        if mayComeBack { return StoreError.interrupted(name(call), reason: "\(error)") }
        let region = addressing.endpoint == nil ? state.withLock { $0.region } : nil
        return S3Error.noResponse(purpose(call), error, region: region)
    }

    private func failure(_ refusal: S3ErrorResponse, of call: S3Call, _ sent: Sent) -> any Error {
        let purpose = purpose(call)
        let provider = sent.credentials.map { "the credentials from \($0.provider)" } ?? "unsigned requests"
        // Some servers begin their message with the code.
        let isRepeated = refusal.code.map { refusal.message?.hasPrefix($0) == true } == true
        let words = [isRepeated ? nil : refusal.code, refusal.message].compactMap(\.self).joined(separator: ": ")
        let sender = refusal.isForeign ? refusal.otherSender : ""
        let reason =
            words.isEmpty ? "HTTP status \(refusal.status)\(sender)" : String(words.prefix(Self.maxReasonCount))
        if (300...399).contains(refusal.status), let location = refusal.location, refusal.code == nil {
            return S3Error.redirected(purpose, origin: sent.request.origin, to: location)
        }
        if refusal.isForeign, !refusal.isTransient {
            return S3Error.notS3(
                sent.request.origin,
                reason: "its response (HTTP status \(refusal.status)\(sender)) is not one of S3"
            )
        }
        switch refusal.code {
        case "NoSuchBucket": return S3Error.noSuchBucket(bucket, origin: sent.request.origin)
        case "NoSuchKey", "NoSuchVersion": return StoreError.notFound(call.key)
        case "InvalidObjectState":
            return S3Error.archived(
                key: call.key,
                version: call.query.first { $0.name == "versionId" }?.value,
                bucket: bucket,
                storageClass: refusal.storageClass ?? "archive"
            )
        case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "AuthorizationHeaderMalformed":
            return S3Error.credentialsRefused(purpose, credentials: provider, reason: reason)
        case "NotImplemented":
            let listsVersions = call.query.contains { $0.name == "versions" }
            return StoreError.unsupported(
                reason: listsVersions
                    ? "the server keeps no older versions, or does not show them"
                    : "the server does not know this request"
            )
        default: break
        }
        if refusal.isOfExpiry { return S3Error.expired(purpose, credentials: provider) }
        if refusal.isTransient {
            return StoreError.interrupted(name(call), reason: reason, retryAfter: refusal.retryAfter)
        }
        switch refusal.status {
        case 300...399: return S3Error.redirected(purpose, origin: sent.request.origin, to: refusal.location)
        case 403:
            return S3Error.denied(
                purpose,
                // The server's own message says what else is refused, for example a key of KMS.
                permission: [nil, "AccessDenied"].contains(refusal.code) ? permission(for: call, in: sent.region) : nil,
                credentials: provider,
                reason: words.isEmpty ? nil : reason
            )
        case 404 where call.purpose == .list: return S3Error.noSuchBucket(bucket, origin: sent.request.origin)
        case 404: return StoreError.notFound(call.key)
        case 405 where refusal.code == nil, 501 where refusal.code == nil:
            return S3Error.notS3(
                sent.request.origin,
                reason: "it does not allow \(sent.request.method.rawValue) (HTTP status \(refusal.status))"
            )
        case 412, 416: return StoreError.changed(call.key)
        default: return S3Error.refused(purpose, reason: reason)
        }
    }
}
