public import Backups
import HTTPServing
import NIOSSL
import SidecarAPI
import Snapshot

/// The backup service's API over any source of backups, for what expects the sidecar where that is gone.
public struct BackupServer: Sendable {
    private let settings: ServerSettings
    private let responder: Responder
    private let report: @Sendable (Notice) -> Void

    /// How long running downloads may continue when the server is asked to stop.
    private static let graceTime: Duration = .seconds(10)

    /// - Parameters:
    ///   - cluster: Whose backups are served; `nil` where the source does not name clusters.
    ///   - codecs: What undoes their encodings: only snapshots are served.
    ///   - report: Gets what is served to which client, and what can't be.
    public init(
        _ source: any BackupSource,
        cluster: ClusterName?,
        codecs: [any Codec] = [],
        settings: ServerSettings,
        report: @escaping @Sendable (Notice) -> Void
    ) {
        self.settings = settings
        self.report = report
        let newest = NewestBackup(source, of: cluster, report: report)
        let spools = Spools(
            source,
            codecs,
            folder: settings.spoolFolder ?? SpoolFolder.usual,
            maxCount: settings.limits.copies
        )
        let verifications = Verifications(source, spools)
        responder = Responder(
            source: source,
            cluster: cluster,
            newest: newest,
            token: settings.token,
            verifications: verifications,
            spools: spools,
            recentStatus: RecentStatus(lifetime: settings.statusLifetime) {
                try await Self.status(of: cluster, source, newest, verifications)
            },
            requests: RunningRequests(limits: settings.limits),
            stallTimeLimit: settings.stallTimeLimit,
            refusals: RefusalLog(report),
            report: report
        )
    }

    /// How many downloads were sent to their end.
    public var finishedDownloadCount: Int { responder.requests.finishedDownloadCount }

    private static func status(
        of cluster: ClusterName?,
        _ source: any BackupSource,
        _ newest: NewestBackup,
        _ verifications: Verifications
    ) async throws -> ServiceStatus {
        let listing = try await source.backups(of: cluster)
        let total = listing.total ?? BackupTotal(of: listing.backups)
        guard let backup = newest.find(in: listing) else { return ServiceStatus(total, newest: nil) }
        return ServiceStatus(total, newest: await verifications.completed(backup))
    }

    /// Serves until its task is cancelled; running downloads then have ten seconds to end.
    ///
    /// - Parameter onListening: Gets the URL once requests are answered there.
    /// - Throws: `ServerError` where it can't begin.
    public func run(onListening: @escaping @Sendable (_ url: String) async -> Void) async throws {
        let responder = responder
        if await needsCopies { try await responder.spools.check() }
        var tls: NIOSSLContext?
        if let configuration = try await settings.tlsConfiguration() {
            do {
                tls = try NIOSSLContext(configuration: configuration)
            } catch {
                throw settings.unfitKey
            }
        }
        try await run(tls, onListening)
    }

    /// Whether a copy may be needed: what lies on this machine is served where it is, unless it is encoded.
    private var needsCopies: Bool {
        get async {
            if responder.source.traits != .local || settings.spoolFolder != nil { return true }
            let listing = try? await responder.source.backups(of: responder.cluster)
            return listing?.backups.contains { $0.encoding != .raw } == true
        }
    }

    private func run(
        _ tls: NIOSSLContext?,
        _ onListening: @escaping @Sendable (_ url: String) async -> Void
    ) async throws {
        let (address, responder) = (settings.address, responder)
        let server = HTTPServer(
            host: address.host,
            port: address.port,
            tls: tls,
            maxConnectionCount: settings.limits.connections,
            graceTime: Self.graceTime
        )
        let verifying = Task { await verifyNewest() }
        defer { verifying.cancel() }
        do {
            try await server.run { port in
                await onListening("\(tls == nil ? "http" : "https")://\(ListenAddress(host: address.host, port: port))")
            } _: { request, writer in
                try await responder.respond(to: request, writer)
            }
        } catch {
            await cancelCopies()
            throw ServerError.cannotListen(address, reason: ServerError.reason(for: error))
        }
        await cancelCopies()
        if !Task.isCancelled { throw ServerError.stopped(address) }
    }

    /// Nobody is left who waits for one.
    private func cancelCopies() async {
        await responder.verifications.cancel()
        await responder.spools.cancel()
    }

    /// So that the first who asks need not wait, and who serves hears of a backup that is not sound.
    private func verifyNewest() async {
        do {
            guard let backup = try await responder.newest.find() else {
                return report(.warning("there is no backup\(responder.cluster.phrase) to serve yet"))
            }
            guard let entry = backup.entry else { return }
            let result =
                backup.encoding == .raw
                ? try await responder.verifications.result(of: backup, entry)
                : try await responder.copy(of: backup, isNewest: true).result
            do throws(SnapshotProblem) {
                _ = try result.requireSound()
                report(.note("the newest, \(backup.name), is sound"))
            } catch {
                report(.warning("the newest, \(backup.name), is not served: \(error)"))
            }
        } catch is CancellationError {
            return
        } catch let error as CodecError {
            report(.warning("the newest is not served: \(error)"))
        } catch is NoneServable {
            // Each of them has been reported.
            return
        } catch {
            report(.warning("the newest backup can't be verified yet: \(error)"))
        }
    }
}
