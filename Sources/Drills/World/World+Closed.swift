package import Backups
import Text

extension WorldPlan {
    /// What a session in the drill reaches.
    ///
    /// - Parameters:
    ///   - ports: Where its sources are served.
    ///   - environment: The process's.
    package func closed(
        in sandbox: Sandbox,
        _ state: SandboxState,
        ports: [SourceKind: Int],
        environment: [String: String]
    ) -> ClosedWorld {
        var world = ClosedWorld(name: drill.name, folder: sandbox.folder, home: sandbox.home)
        world.environment = ClosedWorld.environment(of: environment, home: sandbox.home)
        let own = ["localhost", "127.0.0.1"]
        // A service that is gone is one that refuses connections, not one out of the drill.
        for host in Set(backups.map { Self.serviceHost(of: $0.cluster) }).union(own) {
            world.closedPorts.insert(HostAndPort(host: host, port: Self.servicePort))
        }
        if let service = drill.world.service, let port = ports[.service] {
            for host in [Self.serviceHost(of: service.cluster)] + own {
                world.ports[HostAndPort(host: host, port: Self.servicePort)] = port
            }
        }
        let bucketPort = ports[.bucket] ?? Self.usualBucketPort
        let bucket = HostAndPort(host: "127.0.0.1", port: UInt16(clamping: bucketPort))
        if drill.world.bucket != nil, ports[.bucket] != nil {
            world.ports[bucket] = bucketPort
        } else {
            world.closedPorts.insert(bucket)
        }
        world.environment["AWS_ENDPOINT_URL"] = "http://\(bucket)"
        world.environment["AWS_ACCESS_KEY_ID"] = state.accessKeyID
        world.environment["AWS_SECRET_ACCESS_KEY"] = state.secretAccessKey
        world.environment["AWS_REGION"] = "us-east-1"
        if let volume = drill.world.volume, volume.path.hasPrefix("/") {
            world.folders[volume.path] = sandbox.volume(volume)
        }
        return world
    }

    /// Where the operator's service listens (etcd operator v0.3.3 `pkg/util/constants`, `DefaultBackupPodHTTPPort`).
    private static let servicePort: UInt16 = 19999
    private static func serviceHost(of cluster: String) -> String { "\(cluster)-backup-sidecar" }
    /// Of a bucket that is not there.
    private static let usualBucketPort = 9000
}
