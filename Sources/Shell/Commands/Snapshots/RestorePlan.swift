import Backups
import Language
import Restore
import Snapshot
import Text

/// What `restore` creates, from its options: which members, of which cluster, where.
struct RestorePlan {
    let file: String
    let cluster: InitialCluster
    let targets: [RestoreTarget]
    /// By how much the revision is raised.
    let bump: Int64?
    let skipsHashCheck: Bool
    /// Where the directories of all members are to be.
    private let commonFolder: String?
    private let clusterText: String
    private let token: String

    /// All folders that it makes.
    var paths: [String] { targets.flatMap { [$0.dataDirectory] + [$0.walDirectory].compactMap(\.self) } }

    /// The default of etcd's own tools (etcd v3.5.1 `etcdutl/etcdutl/snapshot_command.go`).
    private static let defaultName = "default"
    private static let defaultToken = "etcd-cluster"
    private static let defaultURL = "http://localhost:2380"

    /// - Throws: `UsageError` if the options don't fit together.
    init(_ invocation: Invocation) throws {
        file = try invocation[RestoreArguments.file]
        token = invocation[RestoreArguments.token] ?? Self.defaultToken
        skipsHashCheck = invocation[RestoreArguments.skipsHashCheck]
        commonFolder = invocation[RestoreArguments.all]
        if let wal = invocation[RestoreArguments.walDirectory] {
            let data =
                invocation[RestoreArguments.dataDirectory]
                ?? "\(invocation[RestoreArguments.name] ?? Self.defaultName).etcd"
            try Self.requireApart(data, wal)
        }
        bump = invocation[RestoreArguments.bump].map(Int64.init)
        let name = invocation[RestoreArguments.name] ?? Self.defaultName
        let advertised = invocation[RestoreArguments.advertisedURLs]
        do throws(InitialClusterError) {
            let listing: InitialCluster.Listing
            if let given = invocation[RestoreArguments.initialCluster] {
                listing = given
            } else {
                listing = try Self.alone(name, at: advertised)
            }
            clusterText = listing.text
            cluster = try InitialCluster(listing, token: token)
            guard let folder = commonFolder else {
                targets = [
                    RestoreTarget(
                        member: try cluster.member(named: name, advertising: advertised),
                        dataDirectory: invocation[RestoreArguments.dataDirectory] ?? "\(name).etcd",
                        walDirectory: invocation[RestoreArguments.walDirectory]
                    )
                ]
                return
            }
            targets = cluster.members.sorted { $0.name < $1.name }.map { member in
                RestoreTarget(member: member, dataDirectory: folder + (folder.hasSuffix("/") ? "" : "/") + member.name)
            }
        } catch {
            var hint = "write: --initial-cluster m1=http://10.0.0.1:2380,m2=http://10.0.0.2:2380"
            if case .unknownName(_, let known) = error, let first = known.min() {
                hint = "name the member that this is: --name \(Word.shown(first))"
            }
            switch error {
            case .otherURLs(_, _, let listed):
                hint = "leave --initial-advertise-peer-urls out, or give it \(listed.joined(separator: ","))"
            case .urlTwice: hint = "use a different address or port for each member"
            default: break
            }
            throw UsageError("\(error)".printable, hint: hint)
        }
        for target in targets {
            let name = target.member.name
            if name.isEmpty || name.hasSlash || name.hasPrefix(".") || name.printable != name {
                throw UsageError(
                    "'\(name.printable)' can't be the name of a directory",
                    hint: "restore it by itself, with --data-dir"
                )
            }
        }
    }

    /// A cluster of one member.
    private static func alone(
        _ name: String,
        at advertised: String?
    ) throws(InitialClusterError) -> InitialCluster.Listing {
        let urls = (advertised ?? defaultURL).split(separator: ",")
        return try InitialCluster.Listing(urls.map { "\(name)=\($0)" }.joined(separator: ","))
    }

    /// - Throws: `UsageError` if one of the two folders is the other one or inside it.
    private static func requireApart(_ data: String, _ wal: String) throws {
        let (dataParts, walParts) = (parts(of: data).map(ByteText.init), parts(of: wal).map(ByteText.init))
        guard dataParts.starts(with: walParts) || walParts.starts(with: dataParts) else { return }
        let relation =
            dataParts == walParts ? "are the same folder" : "lie in each other"
        throw UsageError(
            "--data-dir and --wal-dir \(relation)",
            hint: "leave --wal-dir out to keep the log in the data directory, or name a folder on another disk"
        )
    }

    /// The components of a path, from the working folder or the root; links are not followed.
    private static func parts(of path: String) -> [String] {
        var parts: [String] = path.hasPrefix("/") ? ["/"] : []
        for part in PathParts.names(in: path) where part != "." {
            if part == "..", let last = parts.last, last != "..", last != "/" {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return parts
    }

    /// The option for another place where a folder is taken: `--data-dir foo-2.etcd`.
    ///
    /// - Returns: `nil` where none is taken, or the folder has no name: `/`.
    /// - Throws: `CancellationError`.
    func otherPlace(than error: RestoreError) async throws -> String? {
        switch error {
        case .notEmpty("/", _): return nil
        case .notEmpty(let folder, _), .differs(let folder, _):
            if let commonFolder { return "--all \(Word.shown(try await FreeName.next(to: commonFolder)))" }
            return "--data-dir \(Word.shown(try await FreeName.next(to: folder)))"
        default: return nil
        }
    }

    /// The same for etcd's own tool: `etcdutl` since etcd 3.5, `etcdctl` before.
    func commands(target: EtcdVersion?) -> [String] {
        let isOld = target.map { !$0.hasEtcdutl } ?? false
        return targets.map { target in
            var words = isOld ? ["ETCDCTL_API=3", "etcdctl"] : ["etcdutl"]
            words += ["snapshot", "restore", PathText.shellQuoted(file.hasPrefix("-") ? "./" + file : file)]
            var options = [
                ("--name", target.member.name),
                ("--data-dir", target.dataDirectory),
                ("--initial-cluster", clusterText),
                ("--initial-cluster-token", token),
                ("--initial-advertise-peer-urls", target.member.peerURLs.joined(separator: ",")),
            ]
            if let walDirectory = target.walDirectory { options.append(("--wal-dir", walDirectory)) }
            if let bump { options.append(("--bump-revision", "\(bump)")) }
            words += options.flatMap { [$0, PathText.shellQuoted($1)] }
            if bump != nil { words.append("--mark-compacted") }
            if skipsHashCheck { words.append("--skip-hash-check") }
            return words.joined(separator: " ")
        }
    }

    /// The commands that start etcd on the new directories.
    var startCommands: [String] {
        let starts = MemberStarts(of: cluster)
        return targets.map { starts.command(of: $0, clusterText: clusterText) }
    }

    /// What must be copied to another machine before etcd starts there.
    var copies: [(directory: String, host: String)] {
        let hosts = targets.map { MemberStarts.host(of: $0.member) }
        guard Set(hosts).count > 1 else { return [] }
        return zip(targets, hosts).filter { !MemberStarts.isThisMachine($1) }.flatMap { target, host in
            ([target.dataDirectory] + [target.walDirectory].compactMap(\.self)).map { ($0, host) }
        }
    }
}
