import Backups
import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore
import Snapshot
import Synchronization

/// Answers the requests of the backup service's API (etcd operator v0.3.3 `pkg/backup/http.go`).
struct Responder: Sendable {
    let source: any BackupSource
    let cluster: ClusterName
    let token: Token?
    let verifications: Verifications
    let downloads: Downloads
    let stallTimeLimit: Duration
    let report: @Sendable (Remark) -> Void

    // MARK: - The answer

    func answer(to request: Request) async throws -> Answer {
        if let token, !token.isShown(by: request.headers[.authorization]) {
            return .line(.unauthorized, "a bearer token is wanted", [.wwwAuthenticate: "Bearer"])
        }
        let calls = [ServiceAPI.backupPath, ServiceAPI.statusPath, ServiceAPI.backupNowPath]
        guard calls.contains(request.uri.path) else { return .line(.notFound, "404 page not found") }
        guard [.get, .head].contains(request.method) else {
            return .line(.methodNotAllowed, "only GET and HEAD are answered", [.allow: "GET, HEAD"])
        }
        do {
            switch request.uri.path {
            case ServiceAPI.statusPath: return try await status()
            case ServiceAPI.backupNowPath:
                return .line(
                    .notImplemented,
                    "no backup can be made here: what is served are those of the \(source.location)"
                )
            default: return try await backup(BackupQuestion(request.uri), isHead: request.method == .head)
            }
        } catch let mistake as BackupQuestion.Mistake {
            return .line(.badRequest, mistake.line)
        } catch let failure as any Failure {
            return .line(failure.category == .notFound ? .notFound : .internalServerError, failure.description)
        } catch let error as SystemError {
            return .line(.internalServerError, "cannot read the backup: \(error)")
        }
    }

    private func status() async throws -> Answer {
        let listing = try await source.backups(of: cluster)
        let total =
            listing.total
            ?? BackupTotal(
                count: listing.backups.count,
                approximateByteCount: listing.backups.reduce(0) { $0 + ($1.byteCount ?? 0) }
            )
        return try .encoding(ServiceStatus(total, newest: listing.backups.last))
    }

    private func backup(_ question: BackupQuestion, isHead: Bool) async throws -> Answer {
        let found: Backup?
        switch question {
        case .newest: found = try await source.backups(of: cluster, .newest(1)).backups.last
        case .exact(let version, let revision):
            found = try await source.backups(of: cluster, .exact(version, revision)).backups.first {
                $0.version == version && $0.revision == revision
            }
        }
        guard let backup = found else { return .line(.notFound, "there is no such backup of cluster '\(cluster)'") }
        if case .newest(let target?) = question, !backup.version.isRestorable(into: target) {
            return .line(
                .badRequest,
                "requested version (\(target.major).\(target.minor)) is not compatible with the backup"
                    + " (\(backup.version.major).\(backup.version.minor))"
            )
        }
        return try await isHead ? head(of: backup) : content(of: backup)
    }

    /// Nothing is read for it; only what is known to be unsound already is refused.
    private func head(of backup: Backup) async -> Answer {
        if let entry = backup.entry, case .unsound(let reason)? = await verifications.knownVerdict(of: entry) {
            return refusal(of: backup, reason)
        }
        return .backupHead(backup)
    }

    private func content(of backup: Backup) async throws -> Answer {
        guard let entry = backup.entry else {
            let file = try await SpooledFile.read(backup, from: source)
            if case .unsound(let reason) = file.verdict { return refusal(of: backup, reason) }
            return .backup(backup, .spooled(file))
        }
        if case .unsound(let reason) = try await verifications.verdict(of: backup, entry) {
            return refusal(of: backup, reason)
        }
        return .backup(backup, .stored(backup, source, byteCount: entry.byteCount))
    }

    private func refusal(of backup: Backup, _ reason: Unsoundness) -> Answer {
        .line(
            .internalServerError,
            "\(backup.name) is not served: \(reason); ask for another one with"
                + " \(ServiceAPI.versionParameter) and \(ServiceAPI.revisionParameter)"
        )
    }

    // MARK: - Sending it

    /// Answers a request. Where a backup can't be sent to its end, the connection is closed before it: nobody is to
    /// take a part for the whole.
    @concurrent
    func respond(
        to request: Request,
        _ writer: consuming ResponseWriter,
        _ channel: any Channel
    ) async throws {
        var answer = try await answer(to: request)
        if case .backup = answer, !downloads.begin() {
            answer = .line(.serviceUnavailable, "too many downloads are running", [.retryAfter: "10"])
        }
        if request.method == .head { return try await writer.writeResponse(answer.head) }
        switch answer {
        case .backup(let backup, let content):
            try await send(backup, content, answer.head, writer, channel)
        case .line(_, let line, _):
            try await writer.write(
                response: answer.head,
                body: ResponseBody(byteBuffer: ByteBuffer(string: line + "\n"))
            )
        case .json(let bytes):
            try await writer.write(response: answer.head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .backupHead: try await writer.writeResponse(answer.head)
        }
    }

    @concurrent
    private func send(
        _ backup: Backup,
        _ content: ServedContent,
        _ head: HTTPResponse,
        _ writer: consuming ResponseWriter,
        _ channel: any Channel
    ) async throws {
        let start = ContinuousClock.now
        // A connection that is closed has none.
        let client = channel.remoteAddress?.ipAddress ?? "somebody"
        let progress = LastProgress()
        var sentByteCount: Int64 = 0
        defer {
            downloads.end(isWhole: sentByteCount == content.byteCount)
            note(backup, content, sentByteCount, .now - start, client)
        }
        let watchdog = Task {
            while progress.age < stallTimeLimit { try await Task.sleep(for: .seconds(1)) }
            try await channel.close()
        }
        defer { watchdog.cancel() }
        var body = try await writer.writeHead(head)
        while sentByteCount < content.byteCount {
            try Task.checkCancellation()
            let piece = try await content.piece(at: sentByteCount)
            let byteCount = piece.readableBytes
            try await body.write(piece)
            // A write waits only for those that the connection has already heard of.
            try await channel.eventLoop.submit {}.get()
            sentByteCount += Int64(byteCount)
            progress.note()
        }
        try await body.finish(nil)
    }

    /// When a download last came any further.
    private final class LastProgress: Sendable {
        private let instant = Mutex(ContinuousClock.now)

        var age: Duration { instant.withLock { .now - $0 } }
        func note() { instant.withLock { $0 = .now } }
    }

    private func note(
        _ backup: Backup,
        _ content: ServedContent,
        _ sentByteCount: Int64,
        _ duration: Duration,
        _ client: String
    ) {
        let seconds = duration.components.seconds
        let time = seconds > 0 ? "\(seconds) s" : "\(duration.components.attoseconds / 1_000_000_000_000_000) ms"
        report(
            .note(
                sentByteCount == content.byteCount
                    ? "sent \(backup.name) to \(client.printable): \(sentByteCount.byteCountText) in \(time)"
                    : "broke off sending \(backup.name) to \(client.printable) after"
                        + " \(sentByteCount.byteCountText) of \(content.byteCount.byteCountText)"
            )
        )
    }
}
