import Backups
import FoundationEssentials
import HTTP
import SidecarAPI
import Snapshot
import Text

/// Speaks the API of one backup service, and reads its responses.
///
/// Source: etcd operator v0.3.3 `pkg/backup/http.go`.
struct ServiceClient: Sendable {
    let base: HTTPBase
    let connections: HTTPConnections
    /// Sent with each request; their values are secrets.
    let headers: [HTTPField]

    /// What asks for it must know soon whether to try another source; the service lists its backups meanwhile.
    private static let statusTimeLimit: Duration = .seconds(15)
    /// It waits a minute to begin, and ten for the backup.
    private static let backupTimeLimit: Duration = .seconds(12 * 60)
    /// The reason that a service gives for an error is a line.
    private static let maxReasonByteCount = 300

    // MARK: - Calls

    /// What the service says of itself.
    ///
    /// - Throws: `ServiceError`, also where what answers is no such service; `CancellationError`.
    func status() async throws -> ServiceStatus { try await statusAndCluster().status }

    /// The same, and whose backups it has, where it says that: only our own server does.
    func statusAndCluster() async throws -> (status: ServiceStatus, cluster: ClusterName?) {
        let purpose = "its status"
        var request = request(.get, ServiceAPI.statusPath)
        request.timeLimits.idle = Self.statusTimeLimit
        let response = try await response(to: request, purpose)
        guard response.status == 200 else { throw failure(response, purpose) }
        if response.isOfBucketServer { throw ServiceError.bucketServer(base) }
        guard let status = try? JSONDecoder().decode(ServiceStatus.self, from: Data(response.body)) else {
            throw ServiceError.notService(base, reason: "its status is \(Self.nature(of: response))")
        }
        return (status, response.head[ServiceAPI.clusterHeader].flatMap(ClusterName.init(headerValue:)))
    }

    /// Which backup it would send.
    ///
    /// - Parameter expectsBackup: Whether it says that it has backups: its response to HEAD is then no proof that
    ///   there is none.
    /// - Returns: `nil` where it has none such.
    /// - Throws: `ServiceError`, `CancellationError`.
    func head(_ query: ServiceQuery, expectsBackup: Bool = false) async throws -> ServedBackup? {
        let purpose = "a backup"
        var response = try await response(to: request(.head, ServiceAPI.backupPath, query), purpose)
        // A proxy may let nothing but GET through, and the reason for an error stands in a body, which HEAD leaves out.
        let isFinal = response.status == 200 || response.status == 404 && !expectsBackup
        if !isFinal { response = try await responseToFirstByte(query, purpose) }
        switch response.status {
        case 200, 206:
            guard let served = ServedBackup(response.head) else {
                throw ServiceError.notService(base, reason: "it does not say which backup it has")
            }
            return served
        case 404: return nil
        default: throw failure(response, purpose, query)
        }
    }

    /// Hands over the bytes of a backup as they come, each piece with what the response says that they are.
    ///
    /// - Throws: `ServiceError`, `StoreError`, what the sink throws, and `CancellationError`.
    func read(
        _ query: ServiceQuery,
        into sink: (ServedBackup?, UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let purpose = "the backup"
        var errorBody: [UInt8] = []
        let head: HTTPHead
        do {
            head = try await connections.send(request(.get, ServiceAPI.backupPath, query)) { head, bytes in
                if head.status == 200 {
                    try sink(ServedBackup(head), bytes)
                } else {
                    errorBody += bytes.prefix(Self.maxReasonByteCount - errorBody.count)
                }
            }
        } catch let error as HTTPError where error.isTransient {
            throw StoreError.interrupted("the backup", reason: "\(error)")
        } catch let error as HTTPError {
            throw ServiceError.noResponse(base, purpose, error)
        }
        switch head.status {
        case 200: return
        case 404: throw StoreError.notFound("the backup at \(base)")
        default: throw failure(HTTPResponse(head, body: errorBody), purpose, query)
        }
    }

    /// Has it make a backup now, and waits for that.
    ///
    /// - Throws: `ServiceError`, `CancellationError`.
    func makeBackup() async throws -> BackupStatus {
        let purpose = ServiceError.newBackup
        var request = request(.get, ServiceAPI.backupNowPath)
        request.timeLimits.idle = Self.backupTimeLimit
        do {
            let response = try await connections.response(to: request)
            guard response.status == 200 else { throw failure(response, purpose) }
            return try JSONDecoder().decode(BackupStatus.self, from: Data(response.body))
        } catch let error as HTTPError {
            throw ServiceError.noResponse(base, purpose, error)
        } catch is DecodingError {
            throw ServiceError.notService(base, reason: "its response about the new backup can't be read")
        }
    }

    // MARK: - Requests

    private func request(_ method: HTTPRequest.Method, _ path: String, _ query: ServiceQuery? = nil) -> HTTPRequest {
        HTTPRequest(method, base.origin, target: base.path + path + (query?.text ?? ""), headers: headers)
    }

    private func response(to request: HTTPRequest, _ purpose: ServiceError.Purpose) async throws -> HTTPResponse {
        try await sending(for: purpose) { try await connections.response(to: request) }
    }

    /// Asks with GET for the first byte of a backup.
    ///
    /// - Returns: What the response begins with; the start of its body only where it is an error.
    private func responseToFirstByte(
        _ query: ServiceQuery,
        _ purpose: ServiceError.Purpose
    ) async throws -> HTTPResponse {
        var request = request(.get, ServiceAPI.backupPath, query)
        request.headers.append(.firstByte)
        return try await sending(for: purpose) {
            var body: [UInt8] = []
            do {
                let head = try await connections.send(request) { head, bytes in
                    if (200...299).contains(head.status) { throw HeadIsEnough(head: head) }
                    body += bytes.prefix(Self.maxReasonByteCount - body.count)
                }
                return HTTPResponse(head, body: body)
            } catch let enough as HeadIsEnough {
                return HTTPResponse(enough.head)
            }
        }
    }

    /// Sends a request, and once more where the connection broke.
    private func sending(
        for purpose: ServiceError.Purpose,
        _ send: () async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        do {
            do {
                return try await send()
            } catch HTTPError.broken {
                // It may have closed a connection that was kept open for the next request.
                return try await send()
            }
        } catch let error as HTTPError {
            throw ServiceError.noResponse(base, purpose, error)
        }
    }

    // MARK: - Error responses

    private func failure(
        _ response: HTTPResponse,
        _ purpose: ServiceError.Purpose,
        _ query: ServiceQuery? = nil
    ) -> any Error {
        // Some servers begin their words with the status.
        let line = response.text.prefix { !$0.isNewline }.trimmingPrefix("\(response.status) ")
        if response.isOfBucketServer { return ServiceError.bucketServer(base) }
        let isPage = line.drop { $0.isWhitespace }.hasPrefix("<")
        let sender = response.head.proxy == nil ? ", as a proxy sends it" : response.head.otherSender
        let reason = isPage ? "with a page of HTML\(sender)" : String(line.prefix(Self.maxReasonByteCount))
        switch response.status {
        case 300...399: return ServiceError.redirected(base, to: response.head["Location"])
        case 401, 403: return ServiceError.denied(base, status: response.status)
        case 404: return ServiceError.notService(base, reason: "it does not know this request (HTTP status 404)")
        case 400:
            if case .newest(let target?) = query {
                return ServiceError.incompatible(base, target: target, newest: nil, reason: reason)
            }
        default: break
        }
        return ServiceError.refused(base, purpose, status: response.status, reason: reason)
    }

    /// What a response is that should have been the status.
    private static func nature(of response: HTTPResponse) -> String {
        switch FileKind(head: response.body) {
        case .empty: "empty"
        case .json: "not the status of a backup service"
        case .html: "an HTML page, of another server, a login or a proxy\(response.head.proxy.map { " (\($0))" } ?? "")"
        case let kind: "\(kind)" + response.head.otherSender
        }
    }
}

extension HTTPResponse {
    /// Whether a server that speaks S3 sent it: its headers begin with `x-amz-`, and its documents are XML (Amazon S3
    /// API Reference, "Common response headers", "Error responses").
    fileprivate var isOfBucketServer: Bool {
        let isNamed = head.headers.contains { $0.name.lowercased().hasPrefix("x-amz-") }
        guard isNamed || FileKind(head: body) == .xml else { return false }
        return isNamed
            || ["<Error>", "<Error ", "<ListBucketResult", "<ListAllMyBucketsResult"].contains(where: text.contains)
    }
}
