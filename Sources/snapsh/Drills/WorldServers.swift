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

/// The servers of a drill's world, on free ports of 127.0.0.1, each behind a proxy that breaks connections as a network does.
final class WorldServers: ServedWorld {
    let ports: [SourceKind: Int]
    private let proxies: [SourceKind: FaultProxy]
    private let volume: WorldVolumeMount?
    private let running: Task<Void, Never>

    /// Runs until its task is cancelled.
    private typealias Server =
        @Sendable (_ onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws -> Void

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
            let server = BucketServer(
                [bucket.name: store],
                accessKeyID: state.accessKeyID,
                clockOffset: .seconds(bucket.faults.clockOffsetSeconds)
            )
            servers[.bucket] = { onListening in try await server.run(onListening: onListening) }
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
            servers[.service] = { onListening in
                try await server.run { url in
                    await onListening(url.split(separator: ":").last.flatMap { Int($0) } ?? 0)
                }
            }
        }
        return try await WorldServers(plan.drill.world, sandbox, servers)
    }

    private init(
        _ world: World,
        _ sandbox: Sandbox,
        _ servers: [SourceKind: Server]
    ) async throws {
        let faults = world.faults
        let (events, listening) = AsyncThrowingStream.makeStream(of: (SourceKind, port: Int, FaultProxy).self)
        let task = Task {
            await withTaskGroup(of: Void.self) { group in
                for (kind, server) in servers {
                    group.addTask {
                        do {
                            try await Self.run(server, ServerFaults(faults[kind])) { listening.yield((kind, $0, $1)) }
                        } catch {
                            listening.finish(throwing: error)
                        }
                    }
                }
            }
        }
        var found: (ports: [SourceKind: Int], proxies: [SourceKind: FaultProxy]) = ([:], [:])
        do {
            if !servers.isEmpty {
                for try await (kind, port, proxy) in events {
                    found.ports[kind] = port
                    found.proxies[kind] = proxy
                    if found.ports.count == servers.count { break }
                }
            }
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        (ports, proxies) = found
        running = task
        volume = world.volume.map { WorldVolumeMount(path: sandbox.volume($0)) }
        try await volume?.set(isMounted: faults[.volume]?.isDown != true)
    }

    /// Runs a server behind a proxy until the task is cancelled.
    private static func run(
        _ server: @escaping Server,
        _ faults: ServerFaults,
        onListening: @escaping @Sendable (_ port: Int, FaultProxy) -> Void
    ) async throws {
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await server { listening.yield($0) } }
            group.addTask {
                for await port in ports {
                    let proxy = FaultProxy(upstreamPort: port, faults)
                    try await proxy.run { onListening($0, proxy) }
                }
            }
        }
    }

    func apply(_ faults: [SourceKind: Faults]) async {
        for (kind, faults) in faults {
            proxies[kind]?.faults = ServerFaults(faults)
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

    func set(isMounted: Bool) async throws {
        let (path, away) = (path, path + ".not-mounted")
        try await BlockingWork.run(at: Place(folderOf: path)) {
            let (from, to) = isMounted ? (away, path) : (path, away)
            guard FileMark(path: from) != nil, FileMark(path: to) == nil else { return }
            try systemCall { rename(from, to) }
        }
    }
}

extension ServerFaults {
    fileprivate init(_ faults: Faults?) {
        self.init()
        guard let faults else { return }
        isDown = faults.isDown
        busyCount = faults.busyCount
        resetByteCount = faults.resetByteCount.map { Int(clamping: $0) }
        silentByteCount = faults.silentByteCount.map { Int(clamping: $0) }
    }
}

extension World {
    fileprivate var faults: [SourceKind: Faults] {
        var faults: [SourceKind: Faults] = [:]
        faults[.service] = service?.faults
        faults[.bucket] = bucket?.faults
        faults[.volume] = volume?.faults
        return faults
    }
}
