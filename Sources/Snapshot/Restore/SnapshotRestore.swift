/// Where one member's data directory is to be made.
public struct RestoreTarget: Sendable, Equatable {
    public var member: InitialCluster.Member
    public var dataDirectory: String
    /// For the log; within the data directory where none is given.
    public var walDirectory: String?

    public init(member: InitialCluster.Member, dataDirectory: String, walDirectory: String? = nil) {
        self.member = member
        self.dataDirectory = dataDirectory
        self.walDirectory = walDirectory
    }
}

/// What a restore has come to.
public struct Restored: Sendable, Equatable {
    /// The revision that a client finds.
    public var revision: Int64
    /// The hash of all keys up to the revision of the file: the same before and after.
    public var keyHash: KeyHash
}

extension SnapshotFile {
    /// Checks where data directories are to be made, before the file is verified, which takes its time; nothing is
    /// written.
    ///
    /// - Throws: `RestoreError`.
    public func checkTargets(_ targets: [RestoreTarget]) throws(RestoreError) {
        for target in targets {
            try StagedMember.check(
                data: target.dataDirectory,
                wal: target.walDirectory,
                databaseByteCount: byteCount,
                siblingCount: targets.count - 1
            )
        }
    }

    /// Makes data directories that etcd starts from as the members of a new cluster, one for each target. Either all of
    /// them are there in the end, synced, or nothing that etcd would start on.
    ///
    /// - Parameters:
    ///   - sha256: Of the file when it was verified, as hexadecimal digits: what is copied has to be the same.
    ///   - bump: By how much the revision is raised, so that what clients saw of a later time is not mistaken for what
    ///     comes now; `nil` where it stays.
    ///   - onMissing: Gets what the file systems cannot do, each kind once.
    ///   - onProgress: Told how many bytes are copied of all.
    /// - Throws: `RestoreError`, `Unsoundness`, `SnapshotReadingError.unreadable`, `CancellationError`.
    @concurrent
    public func restore(
        _ cluster: InitialCluster,
        to targets: [RestoreTarget],
        sha256: String,
        bumpBy bump: Int64? = nil,
        onMissing: @escaping @Sendable (MissingSafeguard) -> Void = { _ in },
        onProgress: @Sendable (_ doneByteCount: Int64, _ totalByteCount: Int64) -> Void = { _, _ in }
    ) async throws -> Restored {
        let image = try image()
        var rewrite: DatabaseRewrite
        do {
            rewrite = try DatabaseRewrite(image, cluster: cluster, bumpBy: bump)
        } catch SnapshotReadingError.damaged(let damage) {
            throw Unsoundness.damaged(damage)
        }
        let metas = try rewrite.finish()
        let pageByteCount = Int64(image.meta.pageByteCount)
        let databaseByteCount = Int64(rewrite.pageCount) * pageByteCount

        let safeguards = Safeguards(report: onMissing)
        var staged: [StagedMember] = []
        defer { for member in staged { member.release() } }
        do {
            for target in targets {
                staged.append(
                    try StagedMember(
                        data: target.dataDirectory,
                        wal: target.walDirectory,
                        databaseByteCount: databaseByteCount,
                        siblingCount: targets.count - 1,
                        safeguards
                    )
                )
            }
            let before = try await keyHash()
            for (index, (member, target)) in zip(staged, targets).enumerated() {
                try member.makeFolders()
                let database = try NewFile(member.database)
                try await copy(to: database, sha256: sha256, Int64(image.meta.pageCount) * pageByteCount) {
                    onProgress(Int64(index) * byteCount + $0, Int64(targets.count) * byteCount)
                }
                for page in rewrite.newPages { try database.write(page.bytes, at: Int64(page.id) * pageByteCount) }
                for (number, meta) in metas.enumerated() { try database.write(meta, at: Int64(number) * pageByteCount) }
                try database.sync()
                let after = try KeyHash(
                    SnapshotImage(
                        FileBytes(descriptor: database.descriptor, byteCount: databaseByteCount, arrival: nil)
                    ),
                    revision: before.revision,
                    compacted: before.compactedRevision
                )
                guard after == before else { throw RestoreError.otherKeys(before: before.hash, after: after.hash) }
                try member.writeRaftFiles(target.member, in: cluster)
            }
            for member in staged { try member.publish() }
            return Restored(revision: rewrite.bumpedRevision ?? before.revision, keyHash: before)
        } catch {
            // The first one made the folders that all lie in.
            for member in staged.reversed() { member.discard() }
            throw error
        }
    }

    /// Copies the image, and makes sure that it is the one that was verified.
    private func copy(
        to file: NewFile,
        sha256: String,
        _ imageByteCount: Int64,
        _ onProgress: (Int64) -> Void
    ) async throws {
        let copied = try await digest(
            alsoTake: { piece, offset in
                let rest = imageByteCount - offset
                if rest > 0 { try file.write(piece.prefix(Int(min(rest, Int64(piece.count)))), at: offset) }
            },
            onProgress: onProgress
        )
        guard copied.sha256 == sha256 else { throw RestoreError.changed }
    }
}
