import Backups
import Language
import Restore
import Snapshot
import Text

extension CommandDeclaration {
    static let restore = CommandDeclaration(
        words: ["restore"],
        summary: "make a data directory for etcd from a snapshot file",
        details: [
            "The options are those of 'etcdutl snapshot restore'. Every member of the new cluster is",
            "restored from the same file, with the same --initial-cluster and token; --all makes the",
            "directories of all of them at once, as DIR/NAME. snapsh copies the file and verifies the",
            "copy; if anything fails, it leaves nothing behind. You can run a restore again: a directory",
            "that already holds exactly what would be written stays as it is.",
            "",
            "Clients of etcd may remember revisions that are later than the file's. --bump-revision N",
            "raises the revision by N, so that they notice. --mark-compacted, which goes with it, ends",
            "their watches, and they read everything again. Kubernetes needs both.",
        ],
        arguments: [RestoreArguments.file],
        options: [
            RestoreArguments.dataDirectory, RestoreArguments.name, RestoreArguments.initialCluster,
            RestoreArguments.token, RestoreArguments.advertisedURLs, RestoreArguments.walDirectory,
            RestoreArguments.bump, RestoreArguments.marksCompacted, RestoreArguments.skipsHashCheck,
            RestoreArguments.all, RestoreArguments.prints,
        ] + UnpackingOptions.options,
        examples: [
            .init("restore out.db --data-dir foo.etcd", "a cluster of one member"),
            .init(
                "restore out.db --all restored --initial-cluster m1=http://10.0.0.1:2380,m2=http://10.0.0.2:2380",
                "the directories of two members"
            ),
            .init("restore out.db --bump-revision 1000000000 --mark-compacted", "for Kubernetes"),
        ],
        requireFit: { _ = try RestorePlan($0) },
        records: [.restored, .etcdCommand, .wouldRestore],
        dryRun: .described { try await describeRestore($0, $1) },
        run: { invocation, session in
            let plan = try RestorePlan(invocation)
            if invocation[RestoreArguments.prints] { return try await printCommands(of: plan, session) }
            for path in plan.paths { try await session.checkWriting(to: path) }
            for member in plan.cluster.members where member.peerURLs.count > 1 {
                session.output.note(
                    "'\(member.name.printable)' is one member with \(member.peerURLs.count) peer URLs: other members have"
                        + " other names"
                )
            }
            let start = ContinuousClock.now
            let (restored, checked) = try await write(plan, invocation, session)
            session.note(plan) { RestoreFacts(by: $0, restored, plan, sha256: checked?.result.sha256) }
            report(restored, plan, took: ContinuousClock.now - start, session)
            if checked?.result.contents != nil { advise(plan, session) }
        }
    )

    @MainActor
    private static func write(_ plan: RestorePlan, _ invocation: Invocation, _ session: Session) async throws
        -> (Restored, CheckedFile?)
    {
        defer { session.output.progress = nil }
        let output = session.output
        var checked: CheckedFile?
        do {
            let restored = try await session.reading(plan.file, UnpackingOptions(invocation, beside: plan.paths.first))
            { snapshot in
                let file = snapshot.file
                try await file.checkTargets(plan.targets, of: plan.cluster)
                let byteCount = file.byteCount
                let progress = session.dependencies.progress("restoring", byteCount * Int64(plan.targets.count))
                session.output.progress = progress
                defer { progress.finish() }
                return try await file.restore(
                    plan.cluster,
                    to: plan.targets,
                    bumpBy: plan.bump,
                    accept: { @MainActor result in
                        let found = CheckedFile(plan.file, byteCount: byteCount, Packing(snapshot), result)
                        checked = found
                        try accept(found, plan, invocation, session)
                    },
                    onMissing: { output.report(.note($0.sentence)) },
                    onProgress: { done, _ in progress.update(doneByteCount: done) }
                )
            }
            return (restored, checked)
        } catch RestoreError.abandoned(let folder, let isSourceSilent) {
            session.output.progress = nil
            session.output.note(
                "left before \((isSourceSilent ? plan.file : folder).printable) answered: what was written may stay"
                    + (isSourceSilent ? " in \(folder.printable)" : " there")
                    + " as member.restoring; etcd does not look"
                    + " at it, and the next restore removes it"
            )
            throw CancellationError()
        } catch let error as RestoreError {
            throw RestoreFailure(path: plan.file, error: error, otherPlace: try await plan.otherPlace(than: error))
        } catch is CancellationError {
            session.output.progress = nil
            session.output.note("nothing was left behind")
            throw CancellationError()
        }
    }

    /// Reports what is wrong or unusual in the file.
    ///
    /// - Throws: `SnapshotFailure` if it must not be restored.
    @MainActor
    static func accept(
        _ checked: CheckedFile,
        _ plan: RestorePlan,
        _ invocation: Invocation,
        _ session: Session
    ) throws {
        for finding in checked.findings.dropFirst().prefix(9) { session.output.warning(finding) }
        try checked.require(unlessAllowed: RestoreArguments.skipsHashCheck, invocation)
        guard let contents = checked.result.contents else { return }
        if checked.result.verdict == .unverified {
            session.output.warning("\(plan.file.printable) ends without a SHA-256: nothing proves that it is whole")
        }
        session.output.report(contents.notices, of: plan.file)
        warn(of: contents, plan, session)
        noteKubernetes(in: contents, plan, session)
    }

    // MARK: - Output

    @MainActor
    private static func warn(of contents: SnapshotContents, _ plan: RestorePlan, _ session: Session) {
        if let target = contents.downgradeTarget {
            session.output.warning(
                "a downgrade to etcd \(target.printable) was running in its cluster, and continues in the restored one"
            )
        }
        guard let target = session.target else { return }
        var versions = [contents.clusterVersion].compactMap { $0.flatMap { EtcdVersion($0) } }
        if case .from36(let version) = contents.writer { versions += [EtcdVersion(version)].compactMap { $0 } }
        if let newest = versions.max(), (newest.major, newest.minor) > (target.major, target.minor) {
            session.output.warning(
                "etcd \(newest.major).\(newest.minor) wrote it; etcd \(target) may refuse to start from it"
            )
        }
    }

    @MainActor
    private static func report(_ restored: Restored, _ plan: RestorePlan, took: Duration, _ session: Session) {
        let revision = Revision(restored.revision)?.description ?? "\(restored.revision)"
        let existing = Set(restored.existingDirectories)
        let isAllThere = existing.count == plan.targets.count
        var rows = [
            ("cluster id", String(plan.cluster.id, radix: 16)),
            ("revision", plan.bump == nil ? revision : "\(revision), raised; all before it counts as compacted"),
            (
                "keys' hash",
                "\(restored.keyHash.hash) at revision \(restored.keyHash.revision), "
                    + (plan.bump == nil
                        ? "the same as in the file"
                        : "as in the file")
            ),
            ("took", DurationText.text(measured: took)),
        ]
        for target in plan.targets {
            rows.append(
                (
                    "member",
                    "\(target.member.name.printable) \(String(target.member.id, radix: 16)) in \(target.dataDirectory.printable)"
                        + (existing.contains(target.dataDirectory) && !isAllThere ? ", there already" : "")
                )
            )
        }
        rows += plan.copies.map { ("before", "copy \($0.directory.printable) to \($0.host.printable) first") }
        rows += plan.startCommands.map { ("next", Copyable.marked(session.output.offers.system($0))) }
        if plan.bump != nil, let first = plan.targets.first {
            let database = Word.shown(first.dataDirectory + "/member/snap/db")
            let line = Copyable.marked(session.output.offers.own("hashkv \(database)"))
            rows.append(("compare", "once it runs, 'etcdctl endpoint hashkv' prints what this does: \(line)"))
        }
        if plan.targets.count > 1 {
            rows.append(("start", "each member in a separate terminal: the members wait for each other"))
        }
        if plan.startCommands.contains(where: { $0.contains(" --cert-file ") }) {
            rows.append(("fill in", "the paths of certificates and keys, in capitals: they are not in a backup"))
        }
        session.output.result(
            (isAllThere
                ? "\(plan.file.printable) is restored already: every byte is as this restore would write it\n"
                : "restored \(plan.file.printable)\n") + TextTable.pairs(rows),
            json: RestoreRecord(
                path: plan.file,
                cluster: String(plan.cluster.id, radix: 16),
                members: plan.targets.map {
                    .init(
                        name: $0.member.name,
                        id: String($0.member.id, radix: 16),
                        dataDir: $0.dataDirectory,
                        walDir: $0.walDirectory,
                        alreadyThere: existing.contains($0.dataDirectory)
                    )
                },
                revision: restored.revision,
                keyHash: restored.keyHash.hash,
                copies: plan.copies.map { .init(directory: $0.directory, host: $0.host) },
                next: plan.startCommands
            )
        )
    }

    @MainActor
    private static func advise(_ plan: RestorePlan, _ session: Session) {
        session.output.note(
            "the files belong to the user who runs snapsh: if etcd runs as another user, chown -R them first"
        )
        let others = plan.cluster.members.map(\.name).filter { name in
            !plan.targets.contains { $0.member.name == name }
        }
        if !others.isEmpty {
            session.output.note(
                "restore \(others.map(\.printable).joined(separator: ", ")) from the same file, with the same"
                    + " --initial-cluster and token, before any of them starts"
            )
        }
    }
}

private struct RestoreRecord: Encodable {
    let kind = "restored"
    let path: String
    let cluster: String
    let members: [MemberRecord]
    let revision: Int64
    let keyHash: UInt32
    /// What is copied to another machine before etcd starts there.
    let copies: [CopyRecord]
    /// The commands that start etcd on each of them.
    let next: [String]

    struct CopyRecord: Encodable {
        let directory: String
        let host: String
    }

    struct MemberRecord: Encodable {
        let name: String
        let id: String
        let dataDir: String
        let walDir: String?
        let alreadyThere: Bool
    }
}
