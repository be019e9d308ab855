import Foundation

/// A real etcd on ports of 127.0.0.1, over a data directory that outlives it.
public final class EtcdServer: Sendable {
    public let release: EtcdRelease
    public let client: EtcdClient
    private let server: ServerProcess

    private static let timeLimit: TimeInterval = 60

    /// Starts it, and waits until it takes writes.
    ///
    /// - Parameters:
    ///   - folder: Its data directory.
    ///   - name: Of the member.
    ///   - peerPort: The port of its peer URL; any free one where nobody else has to find it.
    ///   - initialCluster: `NAME=URL,…`, for a member that has no data yet or advertises more than the usual URL.
    ///   - joins: Whether it is new in a cluster that is there.
    ///   - waits: Whether to wait until it takes writes: it does only once most members have started.
    public init(
        _ release: EtcdRelease,
        folder: String,
        name: String = "default",
        peerPort: UInt16? = nil,
        initialCluster: String? = nil,
        joins: Bool = false,
        waits: Bool = true
    ) throws {
        self.release = release
        let words = try release.tool("etcd")
        server = try ServerProcess("etcd") { port in
            let peer = "http://127.0.0.1:\(try peerPort ?? Loopback.freePort())"
            let client = "http://127.0.0.1:\(port)"
            return words + ["--name", name, "--data-dir", folder]
                + ["--listen-client-urls", client, "--advertise-client-urls", client]
                + ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer]
                + ["--initial-cluster", initialCluster ?? "\(name)=\(peer)"]
                + ["--initial-cluster-state", joins ? "existing" : "new"]
                + ["--max-request-bytes", "4000000"]
                // A member that is alone need not wait a second before it leads.
                + (initialCluster == nil ? ["--heartbeat-interval", "20", "--election-timeout", "200"] : [])
                + ["--logger", "zap", "--log-outputs", "stderr"]
        }
        client = EtcdClient(origin: "http://127.0.0.1:\(server.port)")
        if waits { try waitUntilHealthy() }
    }

    /// Waits until it takes writes.
    public func waitUntilHealthy() throws {
        let deadline = Date(timeIntervalSinceNow: Self.timeLimit)
        while Date() < deadline {
            if let answer = try? HTTPProbe.send(to: client.origin, "/health"), answer.text.contains("\"true\"") {
                return
            }
            usleep(20_000)
        }
        throw PartFailure("etcd is not ready within \(Int(Self.timeLimit)) s; it said\n\(server.said().suffix(2000))")
    }

    /// Kills it, as a machine that loses its power would.
    public func kill() { server.stop() }

    /// A free port, for a peer URL that has to be known before anything runs.
    public static func freePort() throws -> UInt16 { try Loopback.freePort() }

    /// Runs its own `etcdctl` against it.
    @discardableResult
    public func ctl(_ words: String..., user: String? = nil) throws -> String {
        let endpoint = ["--endpoints", client.origin] + (user.map { ["--user", $0] } ?? [])
        let (exitCode, output) = try SystemTool.run(release.tool("etcdctl") + endpoint + words)
        guard exitCode == 0 else { throw PartFailure("etcdctl \(words) ended with \(exitCode): \(output)") }
        return output
    }

    /// The hash of its keys; of revision 0 means of its own.
    public func keyHash(at revision: Int64 = 0) throws -> (hash: UInt32, compactedRevision: Int64) {
        let output = try ctl("endpoint", "hashkv", "--rev", "\(revision)", "-w", "json")
        let members = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]]
        guard let answer = members?.first?["HashKV"] as? [String: Any],
            let hash = answer["hash"] as? NSNumber
        else { throw PartFailure("etcdctl endpoint hashkv told of no member: \(output)") }
        return (hash.uint32Value, (answer["compact_revision"] as? NSNumber)?.int64Value ?? 0)
    }
}
