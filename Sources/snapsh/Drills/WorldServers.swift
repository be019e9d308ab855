import Backups
import Blocking
import Codecs
import Drills
import Files
import Glibc
import Layouts
import LocalServers
import Shell
import SidecarServer
import Synchronization

/// The servers of a drill's world, on free ports of 127.0.0.1, each behind a proxy that breaks connections as a network
/// does.
final class WorldServers: ServedWorld {
    let ports: [SourceKind: Int]
    /// How the faults of a server change.
    private let changes: [SourceKind: @Sendable (ServerFaults) async throws -> Void]
    private let volume: WorldVolumeMount?
    private let running: Task<Void, Never>

    private struct Server {
        let run: FaultProxy.Server
        let change: @Sendable (ServerFaults) async throws -> Void
    }

    /// - Throws: What listening throws, `WorldError`.
    static func start(
        _ plan: WorldPlan,
        _ sandbox: Sandbox,
        _ state: SandboxState,
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> WorldServers {
        let contents = try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try sandbox.contents(of: plan) }
        var servers: [SourceKind: Server] = [:]
        if let bucket = plan.drill.world.bucket {
            let store = WorldStore(
                plan,
                .bucket,
                prefix: bucket.prefix.isEmpty ? "" : "\(bucket.prefix)/",
                keepsVersions: bucket.keepsVersions,
                contents: contents
            )
            let faulty = FaultyBucket(
                BucketServer([bucket.name: store], accessKeyID: state.accessKeyID),
                ServerFaults(bucket.faults)
            )
            servers[.bucket] = Server {
                try await faulty.run(onListening: $0)
            } change: {
                try await faulty.apply($0)
            }
        }
        if let service = plan.drill.world.service {
            let source = StoreSource(
                location: "the drill's service",
                shortName: "drill",
                store: WorldStore(plan, .service, contents: contents),
                place: PlacedLayout(OperatorLayout(), folder: "v1/")
            )
            let server = BackupServer(
                source,
                cluster: ClusterName(service.cluster),
                codecs: CodecRegistry.all,
                settings: ServerSettings(
                    address: ListenAddress(host: "127.0.0.1", port: 0),
                    spoolFolder: sandbox.spool
                ),
                // The log of a server is not the learner's.
                report: { _ in }
            )
            let proxy = FaultProxy(ServerFaults(service.faults))
            servers[.service] = Server { onListening in
                try await proxy.run { onListening in
                    try await server.run { url in
                        await onListening(url.split(separator: ":").last.flatMap { Int($0) } ?? 0)
                    }
                } onListening: {
                    await onListening($0)
                }
            } change: {
                try await proxy.apply($0)
            }
        }
        return try await WorldServers(plan.drill.world, sandbox, servers)
    }

    private init(
        _ world: World,
        _ sandbox: Sandbox,
        _ servers: [SourceKind: Server]
    ) async throws {
        let (events, listening) = AsyncThrowingStream.makeStream(of: (kind: SourceKind, port: Int).self)
        let task = Task {
            await withTaskGroup(of: Void.self) { group in
                for (kind, server) in servers {
                    group.addTask {
                        do {
                            try await server.run { listening.yield((kind, $0)) }
                        } catch {
                            listening.finish(throwing: error)
                        }
                    }
                }
            }
        }
        var ports: [SourceKind: Int] = [:]
        do {
            if !servers.isEmpty {
                for try await (kind, port) in events {
                    ports[kind] = port
                    if ports.count == servers.count { break }
                }
            }
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        self.ports = ports
        changes = servers.mapValues(\.change)
        running = task
        volume = world.volume.map { WorldVolumeMount(path: sandbox.volume($0), away: sandbox.unmountedVolume($0)) }
        try await volume?.set(isMounted: world.volume?.faults.isDown != true)
    }

    func apply(_ faults: [SourceKind: Faults]) async {
        for (kind, faults) in faults {
            try? await changes[kind]?(ServerFaults(faults))
            if kind == .volume { try? await volume?.set(isMounted: !faults.isDown) }
        }
    }

    func stop() async {
        running.cancel()
        await running.value
    }
}

/// A volume that can go away and come back.
private struct WorldVolumeMount: Sendable {
    let path: String
    /// Where it is while it is not mounted.
    let away: String

    func set(isMounted: Bool) async throws {
        let (path, away) = (path, away)
        try await BlockingWork.run(at: Place(folderOf: path)) {
            let (from, to) = isMounted ? (away, path) : (path, away)
            guard FileMark(path: from) != nil, FileMark(path: to) == nil else { return }
            try systemCall { rename(from, to) }
        }
    }
}

extension ServerFaults {
    fileprivate init(_ faults: Faults) {
        self.init(
            isDown: faults.isDown,
            busyCount: faults.busyCount,
            resetByteCount: faults.resetByteCount.map { Int(clamping: $0) },
            silentByteCount: faults.silentByteCount.map { Int(clamping: $0) },
            clockOffset: .seconds(faults.clockOffsetSeconds)
        )
    }
}
