import Backups
import Snapshot
import Text

extension CommandDeclaration {
    /// Prints the commands of etcd's own tool: of the target version, else of the version that wrote the file.
    @MainActor
    static func printCommands(of plan: RestorePlan, _ session: Session) async throws {
        var version = session.target
        if session.dependencies.codecs.encodings.encoding(ofFileNamed: plan.file) != .raw {
            session.output.note("etcd's own tool reads no packed file: unpack \(plan.file.printable) first")
        } else if let contents = try await contents(of: plan.file, session) {
            noteKubernetes(in: contents, plan, session)
            let written = contents.clusterVersion.flatMap { EtcdVersion($0) }
            if version == nil, let written, !written.hasEtcdutl {
                session.output.note(
                    "\(plan.file.printable) is of etcd \(written.major).\(written.minor), which has no etcdutl:"
                        + " 'target 3.5' prints the lines for that"
                )
            }
            version = version ?? written
        }
        let commands = plan.commands(target: version)
        session.output.listing(
            commands.map(Copyable.marked).joined(separator: "\n"),
            json: commands.map(EtcdCommandRecord.init)
        )
    }

    /// What is in a snapshot; `nil` where it can't be read here: the commands may be for another machine.
    @MainActor
    private static func contents(of path: String, _ session: Session) async throws -> SnapshotContents? {
        let contents = try? await session.reading(path) { try await $0.file.contents() }
        try Task.checkCancellation()
        return contents
    }

    /// Says that Kubernetes wants a later revision, where none is asked for.
    @MainActor
    static func noteKubernetes(in contents: SnapshotContents, _ plan: RestorePlan, _ session: Session) {
        if plan.bump == nil, contents.holdsKubernetes {
            session.output.note(RestoreOffer.noteOfKubernetes(in: plan.file, session.output.offers))
        }
    }
}

extension EtcdVersion {
    /// `etcdutl` came with 3.5; before, `etcdctl` restores.
    var hasEtcdutl: Bool { self >= EtcdVersion(major: 3, minor: 5) }
}

/// A command for etcd's own tool.
private struct EtcdCommandRecord: Encodable {
    let kind = "etcd-command"
    let line: String
}
