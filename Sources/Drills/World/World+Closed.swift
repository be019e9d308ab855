package import Backups
import Text

extension WorldPlan {
    /// What a session in the drill reaches.
    ///
    /// - Parameters:
    ///   - ports: Where its sources are served.
    ///   - environment: What the process has, without what would lead out of the drill.
    package func closed(
        in sandbox: Sandbox,
        _ state: SandboxState,
        ports: [SourceKind: Int],
        environment: [String: String]
    ) -> ClosedWorld {
        var world = ClosedWorld(name: "the drill \(drill.name)", folder: sandbox.folder, home: sandbox.home)
        world.environment = environment
        if let service = drill.world.service, let port = ports[.service] {
            for host in ["\(service.cluster)-backup-sidecar", "localhost", "127.0.0.1"] {
                world.ports[HostAndPort(host: host, port: Self.servicePort)] = port
            }
        }
        if drill.world.bucket != nil, let port = ports[.bucket] {
            world.ports[HostAndPort(host: "127.0.0.1", port: UInt16(clamping: port))] = port
            world.environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:\(port)"
            world.environment["AWS_ACCESS_KEY_ID"] = state.accessKeyID
            world.environment["AWS_SECRET_ACCESS_KEY"] = state.secretAccessKey
            world.environment["AWS_REGION"] = "us-east-1"
        }
        if let volume = drill.world.volume, volume.path.hasPrefix("/") {
            world.folders[volume.path] = sandbox.volume(volume)
        }
        return world
    }

    /// Where the operator's service listens (etcd operator v0.3.3 `pkg/util/constants`, `DefaultBackupPodHTTPPort`).
    private static let servicePort: UInt16 = 19999
}
