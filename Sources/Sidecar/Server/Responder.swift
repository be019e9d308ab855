import Backups
import Blocking
import Files
import FoundationEssentials
import HTTPServing
import NIOCore
import NIOHTTP1
import SidecarAPI
import Snapshot
import Text

/// Answers the requests of the backup service's API (etcd operator v0.3.3 `pkg/backup/http.go`).
struct Responder: Sendable {
    let source: any BackupSource
    let cluster: ClusterName?
    let newest: NewestBackup
    let token: Token?
    let verifications: Verifications
    let spools: Spools
    let recentStatus: RecentStatus
    let requests: RunningRequests
    let stallTimeLimit: Duration
    let refusals: RefusalLog
    let report: @Sendable (Notice) -> Void

    // MARK: - The response

    func response(to request: HTTPRequestHead) async throws -> ServiceResponse {
        guard isAllowed(request) else {
            return .line(.unauthorized, "this server needs a bearer token", ["WWW-Authenticate": "Bearer"])
        }
        let target = RequestTarget(request.uri)
        let calls = [ServiceAPI.backupPath, ServiceAPI.statusPath, ServiceAPI.backupNowPath]
        guard calls.contains(target.path) else { return .line(.notFound, "404 page not found") }
        guard [.GET, .HEAD].contains(request.method) else {
            return .line(.methodNotAllowed, "only GET and HEAD are allowed", ["Allow": "GET, HEAD"])
        }
        do {
            switch target.path {
            case ServiceAPI.statusPath: return try .encoding(await recentStatus.status())
            case ServiceAPI.backupNowPath:
                return .line(
                    .notImplemented,
                    "cannot make a backup here: this server hands out the backups of the \(source.location)"
                )
            default: return try await response(to: BackupRequest(target), isHead: request.method == .HEAD)
            }
        } catch let mistake as BackupRequest.Problem {
            return .line(.badRequest, mistake.line)
        } catch let failure as TooManyCopies {
            return .busy(failure.description, retryAfter: RequestKind.download.retryAfter)
        } catch let failure as SpoolError {
            report(.warning("\(failure)"))
            return .line(.insufficientStorage, failure.description)
        } catch let error as CodecError {
            return .line(.internalServerError, "the backup is not served: \(error)")
        } catch let failure as any UserError {
            return .line(failure.category == .notFound ? .notFound : .internalServerError, failure.description)
        } catch let error as SystemError {
            return .line(.internalServerError, "cannot read the backup: \(error)")
        }
    }

    private func isAllowed(_ request: HTTPRequestHead) -> Bool {
        token?.isShown(by: request.headers.first(name: "Authorization")) ?? true
    }

    /// What a request costs; one that is refused costs nothing.
    private func kind(of request: HTTPRequestHead) -> RequestKind {
        guard isAllowed(request) else { return .other }
        return switch (RequestTarget(request.uri).path, request.method) {
        case (ServiceAPI.backupPath, .GET): .download
        case (ServiceAPI.backupPath, .HEAD): .head
        case (ServiceAPI.statusPath, .GET), (ServiceAPI.statusPath, .HEAD): .status
        default: .other
        }
    }

    private func response(to backupRequest: BackupRequest, isHead: Bool) async throws -> ServiceResponse {
        let found: Backup?
        switch backupRequest {
        case .newest: found = try await newest.find()
        case .exact(let version, let revision):
            let named = try await source.backups(of: cluster, .exact(version, revision)).backups.first {
                $0.version == version && $0.revision == revision
            }
            found = if let named { named } else { await newest(version, revision) }
        }
        guard let backup = found else { return .line(.notFound, "there is no such backup\(cluster.phrase)") }
        if case .newest(let target?) = backupRequest, let version = backup.version, !version.isRestorable(into: target)
        {
            return .line(
                .badRequest,
                "requested version (\(target.major).\(target.minor)) is not compatible with the backup"
                    + " (\(version.major).\(version.minor))"
            )
        }
        if isHead { return await head(of: backup) }
        return try await content(of: backup, isNewest: backupRequest.isForNewest)
    }

    /// The newest, where its name says less than that, and it is known to be the one.
    private func newest(_ version: EtcdVersion, _ revision: Revision) async -> Backup? {
        guard let backup = try? await newest.find() else { return nil }
        let complete = await verifications.completed(backup)
        return complete.version == version && complete.revision == revision ? backup : nil
    }

    /// Nothing is read for it: what a name does not say (a version, a revision) is in it once the backup was verified.
    /// Only what is known to be unsound already is refused.
    private func head(of backup: Backup) async -> ServiceResponse {
        guard let entry = backup.entry, let result = await verifications.knownResult(of: entry) else {
            return .backupHead(backup, byteCount: backup.snapshotByteCount)
        }
        return response(for: backup, result) { .backupHead($0, byteCount: $1.snapshotByteCount) }
    }

    private func content(of backup: Backup, isNewest: Bool) async throws -> ServiceResponse {
        guard let entry = backup.entry, backup.encoding == .raw else {
            if let entry = backup.entry, let problem = await verifications.knownProblem(of: entry) {
                return errorResponse(for: backup, problem)
            }
            let file = try await copy(of: backup, isNewest: isNewest)
            return response(for: backup, file.result) { complete, _ in .backup(complete, .spooled(file)) }
        }
        let result = try await verifications.result(of: backup, entry)
        return response(for: backup, result) { complete, _ in
            .backup(complete, .stored(backup, source, byteCount: entry.byteCount))
        }
    }

    /// Copies and verifies a backup that can't be served where it is. What the newest decodes to is kept for the next
    /// who ask, where a change of it would be seen.
    ///
    /// - Throws: What the source throws, `CodecError`, `SpoolError`, `TooManyCopies`.
    func copy(of backup: Backup, isNewest: Bool) async throws -> SpooledFile {
        guard let entry = backup.entry else { return try await spools.file(of: backup) }
        let file = try await spools.file(of: backup, isKept: isNewest)
        await verifications.note(file.result, of: entry)
        return file
    }

    /// The response where the backup is sound, else why it is not served.
    private func response(
        for backup: Backup,
        _ result: CheckResult,
        _ make: (_ complete: Backup, SnapshotContents) -> ServiceResponse
    ) -> ServiceResponse {
        do throws(SnapshotProblem) {
            let contents = try result.requireSound()
            return make(backup.completed(by: contents), contents)
        } catch {
            return errorResponse(for: backup, error)
        }
    }

    private func errorResponse(for backup: Backup, _ problem: SnapshotProblem) -> ServiceResponse {
        .line(
            .internalServerError,
            "\(backup.name) is not served: \(problem); ask for another one with"
                + " \(ServiceAPI.versionParameter) and \(ServiceAPI.revisionParameter)"
        )
    }

    // MARK: - Sending it

    /// Answers a request. Where a backup can't be sent to its end, the connection is closed before it, so that no
    /// client takes a part for the whole.
    @concurrent
    func respond(to request: HTTPRequestHead, _ writer: ResponseWriter) async throws {
        // Already what comes before the first byte, a copy for one, is worth a bound.
        let kind = kind(of: request)
        let hasBegun = requests.begin(kind)
        var isWhole = false
        defer { if hasBegun { requests.end(kind, isWhole: isWhole) } }
        let response =
            hasBegun
            ? try await response(to: request)
            : .busy("too many \(kind.plural) are running", retryAfter: kind.retryAfter)
        // Who is not let in learns nothing.
        let headers = response.headers(naming: isAllowed(request) ? cluster : nil)
        switch response {
        case .line(_, let line, _):
            noteRefusal(of: request, response.status, line, writer.channel)
            writer.send(response.status, headers, ByteBuffer(string: line + "\n"))
        case .json(let bytes): writer.send(response.status, headers, ByteBuffer(bytes: bytes))
        case .backupHead: writer.begin(response.status, headers)
        case .backup(let backup, let content):
            writer.begin(response.status, headers)
            try await send(backup, content, over: writer.channel)
            isWhole = true
        }
    }

    /// What of a request is shown, in characters.
    private static let maxShownCount = 200

    private func noteRefusal(
        of request: HTTPRequestHead,
        _ status: HTTPResponseStatus,
        _ line: String,
        _ channel: any Channel
    ) {
        let client = channel.remoteAddress?.ipAddress ?? "an unknown client"
        // Some lines begin with the code, as clients know them.
        let reason = line.hasPrefix("\(status.code) ") ? line : "\(status.code) \(line)"
        // A query may hold what is nobody's business.
        let target = SecretText.masking(request.uri).printable.prefix(Self.maxShownCount)
        refusals.add(
            "refused \(request.method.rawValue.printable) \(target) of \(client.printable):"
                + " \(reason.printable.prefix(Self.maxShownCount))"
        )
    }

    @concurrent
    private func send(_ backup: Backup, _ content: ServedContent, over channel: any Channel) async throws {
        let start = ContinuousClock.now
        // A connection that is closed has none.
        let client = channel.remoteAddress?.ipAddress ?? "an unknown client"
        let watch = WriteTimeout(channel, limit: stallTimeLimit)
        let download = DownloadWriter(channel, watch)
        defer {
            watch.end()
            note(backup, content, download.sentByteCount, .now - start, client)
        }
        try await withTaskExecutorPreference(DedicatedThread()) {
            try await content.read { try download.write($0) }
        }
        try await download.finish()
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
                    : "could not finish sending \(backup.name) to \(client.printable) after"
                        + " \(sentByteCount.byteCountText) of \(content.byteCount.byteCountText)"
            )
        )
    }
}
