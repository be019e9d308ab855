import Restore
import Text

/// How etcd is started on restored members, so that their peers and their clients reach them.
struct MemberStarts {
    /// The client URL of each member, in the order of the cluster's members.
    private let clientURLs: [String: String]

    /// The usual ports of etcd are 2380 for peers and 2379 for clients. Where members share a machine, a client's port
    /// is the one below the peers' or, where that is taken, one above.
    init(of cluster: InitialCluster) {
        let peers = cluster.members.map { Address($0.peerURLs[0]) }
        var taken = Set(cluster.members.flatMap(\.peerURLs).map { Address($0).hostAndPort })
        var urls: [String: String] = [:]
        for (member, peer) in zip(cluster.members, peers) {
            let isAlone = peers.count { $0.host == peer.host } == 1
            var client = peer
            client.port = isAlone ? 2379 : max(1, peer.port - 1)
            while taken.contains(client.hostAndPort) { client.port = client.port % 65535 + 1 }
            taken.insert(client.hostAndPort)
            urls[member.name] = client.text
        }
        clientURLs = urls
    }

    /// The machine that a member runs on.
    static func host(of member: InitialCluster.Member) -> String { Address(member.peerURLs[0]).host }

    static func isThisMachine(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }

    /// The command that starts a member. It reads members and token from its directory.
    func command(of target: RestoreTarget, clusterText: String) -> String {
        let member = target.member
        let peers = member.peerURLs.joined(separator: ",")
        let client = clientURLs[member.name] ?? ""
        var options = [("--name", member.name), ("--data-dir", target.dataDirectory)]
        if let wal = target.walDirectory { options.append(("--wal-dir", wal)) }
        options += [
            ("--listen-client-urls", Address(client).listening), ("--advertise-client-urls", client),
            ("--listen-peer-urls", member.peerURLs.map { Address($0).listening }.joined(separator: ",")),
            ("--initial-advertise-peer-urls", peers), ("--initial-cluster", clusterText),
        ]
        let isSecure = member.peerURLs.contains { Address($0).scheme.hasSuffix("s") }
        return "etcd " + options.map { "\($0) \(PathText.shellQuoted($1))" }.joined(separator: " ")
            + (isSecure ? Self.certificates : "")
    }

    /// The places of certificates, to be filled in.
    private static let certificates =
        " --cert-file CERT --key-file KEY --trusted-ca-file CA --client-cert-auth"
        + " --peer-cert-file PEER-CERT --peer-key-file PEER-KEY --peer-trusted-ca-file PEER-CA --peer-client-cert-auth"
}

/// A peer URL in its parts: it has a scheme, a host and a port, and nothing else.
private struct Address {
    let scheme: String
    /// In brackets where it is an IPv6 address.
    let host: String
    var port: Int

    init(_ url: String) {
        let start = url.firstRange(of: "://")
        let rest = start.map { url[$0.upperBound...] } ?? url[...]
        let colon = rest.lastIndex(of: ":") ?? rest.endIndex
        scheme = start.map { String(url[..<$0.lowerBound]) } ?? "http"
        host = String(rest[..<colon])
        port = Int(rest[colon...].dropFirst()) ?? 2380
    }

    var hostAndPort: String { "\(host):\(port)" }
    var text: String { "\(scheme)://\(hostAndPort)" }

    /// etcd listens on addresses, not on names (etcd v3.5.1 `server/embed/config.go`, `checkBindURLs`): for a name it
    /// takes all addresses of its machine.
    var listening: String {
        let isAddress = host.hasPrefix("[") || host.allSatisfy { $0.isNumber || $0 == "." }
        if isAddress || host == "localhost" || scheme.hasPrefix("unix") { return text }
        return "\(scheme)://0.0.0.0:\(port)"
    }
}
