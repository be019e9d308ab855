import Blocking
public import Files
import Glibc
public import Snapshot
import Synchronization

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

/// What a restore has made.
public struct Restored: Sendable, Equatable {
    /// The revision that a client finds.
    public var revision: Int64
    /// The hash of all keys up to the revision of the file, whose records are all in the database.
    public var keyHash: KeyHash
    /// The data directories that were there already, with every byte as this restore would have written it.
    public var existingDirectories: [String] = []
}

extension Restored {
    /// - Throws: `SnapshotProblem` where the file has no keys that could be hashed.
    fileprivate init(_ result: CheckResult, _ patch: DatabasePatch) throws(SnapshotProblem) {
        guard let keyHash = result.contents?.keyHash else { throw result.problems.first ?? .damagedMetaPages }
        self.init(revision: patch.bumpedRevision ?? keyHash.revision, keyHash: keyHash)
    }
}

extension SnapshotFile {
    /// Checks where data directories are to be made, before the file is read, which takes its time; nothing is written.
    ///
    /// - Throws: `RestoreError`, `CancellationError`.
    public func checkTargets(_ targets: [RestoreTarget], of cluster: InitialCluster) async throws {
        let order = StagedMember.Order(cluster: cluster, databaseByteCount: byteCount, memberCount: targets.count)
        try await asking(targets) {
            for target in targets { try StagedMember.check(target, order) }
        }
    }

    /// Runs what makes calls to the folders of members, and may read the file.
    private func asking<Value: Sendable>(
        _ targets: [RestoreTarget],
        onLeaving: @escaping @Sendable (_ isSourceSilent: Bool) -> Void = { _ in },
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let place = Place(folderOf: targets.first?.dataDirectory ?? ".")
        let source = bytes.place
        do {
            return try await BlockingWork.run(
                at: place,
                tidiesUp: true,
                onLeaving: { onLeaving($0 != place && $0 == source) },
                work
            )
        } catch let silent as NotAnswering {
            if silent.path != place.path, silent.path == bytes.place?.path {
                throw SnapshotReadingError.unreadable(code: ETIMEDOUT)
            }
            throw RestoreError.cannotWrite(path: silent.path, code: ETIMEDOUT)
        }
    }

    /// Makes data directories that etcd starts from as the members of a new cluster, one for each target.
    ///
    /// The file is copied first, and the copy is verified: what was verified is what etcd starts on. Where anything
    /// fails, or the task is cancelled, nothing is left. The members get their names one after the other, and all are
    /// synced by then: a kill in between leaves some of them, each whole, and the same restore again makes the others.
    ///
    /// A data directory that holds all files already, each byte as it would be written, is left as it is.
    ///
    /// - Parameters:
    ///   - bump: By how much the revision is raised, so that what clients saw of a later time is not mistaken for what
    ///     comes now; `nil` where it stays.
    ///   - accept: Gets what verifying the copy has found, and throws where that is not good enough.
    ///   - onMissing: Gets what the file systems cannot do, each kind once.
    ///   - onProgress: Gets how many bytes are verified or copied, of all.
    /// - Throws: What `accept` throws; `RestoreError`, `SnapshotProblem`, `SnapshotReadingError.unreadable`,
    ///   `CancellationError`.
    @concurrent
    public func restore(
        _ cluster: InitialCluster,
        to targets: [RestoreTarget],
        bumpBy bump: Int64? = nil,
        accept: @escaping @Sendable (CheckResult) async throws -> Void,
        onMissing: @escaping @Sendable (MissingSafeguard) -> Void = { _ in },
        onProgress: @escaping @Sendable (_ doneByteCount: Int64, _ totalByteCount: Int64) -> Void = { _, _ in }
    ) async throws -> Restored {
        let safeguards = Safeguards(report: onMissing)
        let isSourceSilent = Mutex<Bool?>(nil)
        do {
            let note: @Sendable (Bool) -> Void = { isSilent in isSourceSilent.withLock { $0 = isSilent } }
            return try await asking(targets, onLeaving: note) {
                try await self.restoreHere(cluster, to: targets, bump, accept, safeguards, onProgress)
            }
        } catch let error as CancellationError {
            guard let isSourceSilent = isSourceSilent.withLock(\.self) else { throw error }
            throw RestoreError.abandoned(path: targets.first?.dataDirectory ?? ".", isSourceSilent: isSourceSilent)
        }
    }

    private func restoreHere(
        _ cluster: InitialCluster,
        to targets: [RestoreTarget],
        _ bump: Int64?,
        _ accept: @Sendable (CheckResult) async throws -> Void,
        _ safeguards: Safeguards,
        _ onProgress: @escaping @Sendable (_ doneByteCount: Int64, _ totalByteCount: Int64) -> Void
    ) async throws -> Restored {
        let order = StagedMember.Order(
            cluster: cluster,
            databaseByteCount: try databaseByteCount(cluster, bump),
            memberCount: targets.count
        )
        var members: [StagedMember] = []
        defer { for member in members { member.release() } }
        do {
            for target in targets { members.append(try StagedMember(target, order, safeguards)) }
            let missing = members.filter { $0.existing == nil }
            let total = byteCount * Int64(max(1, missing.count))
            let (restored, database) = try await database(of: missing.first, cluster, bump, accept) {
                onProgress($0, total)
            }
            for member in members {
                try member.existing?.check(database, member.target, in: cluster)
            }
            for (index, member) in missing.enumerated() {
                if index > 0 {
                    try copy(database, to: member) { onProgress(byteCount * Int64(index) + $0, total) }
                }
                try Task.checkCancellation()
                try member.writeRaftFiles(in: cluster)
            }
            for index in members.indices where members[index].existing == nil {
                // A disk that was silent may answer after the task was cancelled: nothing is to get its name then.
                try Task.checkCancellation()
                try members[index].publish(in: cluster)
            }
            try Task.checkCancellation()
            return Restored(
                revision: restored.revision,
                keyHash: restored.keyHash,
                existingDirectories: members.filter { $0.existing != nil }.map(\.target.dataDirectory)
            )
        } catch {
            // The first one made the folders that all lie in.
            for member in members.reversed() where member.existing == nil { member.discard() }
            throw error
        }
    }

    // MARK: - The database

    /// The length of the database, or of the copy that it is made of. What can't be restored at all shows here, before
    /// a byte is copied; what is damaged shows when the copy is verified.
    private func databaseByteCount(_ cluster: InitialCluster, _ bump: Int64?) throws -> Int64 {
        do {
            var rewrite = try DatabaseRewrite(try image(), cluster: cluster, bumpBy: bump)
            return max(byteCount, try rewrite.finish().byteCount)
        } catch SnapshotReadingError.damaged {
            return byteCount
        } catch is SnapshotProblem {
            return byteCount
        }
    }

    /// Verifies the file, and makes the database of the first member of it. Where all members are there already, it
    /// says what they have to hold.
    private func database(
        of member: StagedMember?,
        _ cluster: InitialCluster,
        _ bump: Int64?,
        _ accept: @Sendable (CheckResult) async throws -> Void,
        _ onProgress: @escaping @Sendable (Int64) -> Void
    ) async throws -> (Restored, ExpectedFile) {
        guard let member else {
            let result = try await verify(hashingKeys: true, onProgress: onProgress)
            try await accept(result)
            let patch = try rewrite(cluster, bump)
            return (try Restored(result, patch), ExpectedFile(bytes, rewrittenBy: patch))
        }
        try member.makeFolders()
        let file = try NewFile(member.database)
        let result = try await verifiedCopy(to: file, onProgress)
        try await accept(result)

        let copy = SnapshotFile(openedAs: file.descriptor, byteCount: byteCount, owner: file)
        let image = try copy.image()
        let patch = try copy.rewrite(cluster, bump)
        try file.truncate(to: patch.oldByteCount)
        for piece in patch.pieces { try file.write(piece.bytes, at: piece.offset) }
        try file.sync()
        let database = SnapshotFile(openedAs: file.descriptor, byteCount: patch.byteCount, owner: file)
        do {
            try SameRecords(image, database.image()).check(added: patch.bumpedRevision)
        } catch SnapshotReadingError.damaged(let damage) {
            throw SnapshotProblem.damaged(damage)
        }
        return (try Restored(result, patch), ExpectedFile(sameAs: database.bytes))
    }

    /// Copies all of it, and verifies the copy while it is made.
    private func verifiedCopy(
        to file: NewFile,
        _ onProgress: @escaping @Sendable (Int64) -> Void
    ) async throws -> CheckResult {
        let progress = WriteProgress()
        async let copying: Void = withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            defer { progress.finish() }
            try FileCopy.copy(self.bytes, to: file, byteCount: self.byteCount) { progress.advance(to: $0) }
        }
        let copy = SnapshotFile(beingWrittenAs: file.descriptor, byteCount: byteCount, progress: progress)
        let result: CheckResult
        do {
            result = try await copy.verify(hashingKeys: true, onProgress: onProgress)
        } catch {
            // Where the copy ended early, its error says why.
            try await copying
            throw error
        }
        try await copying
        return result
    }

    private func copy(_ database: ExpectedFile, to member: StagedMember, _ onProgress: (Int64) -> Void) throws {
        try member.makeFolders()
        let file = try NewFile(member.database)
        guard let base = database.base else { return }
        try FileCopy.copy(base.file, to: file, byteCount: database.byteCount, onProgress: onProgress)
        try file.sync()
    }

    /// What makes the image in it the database of a new cluster.
    private func rewrite(_ cluster: InitialCluster, _ bump: Int64?) throws -> DatabasePatch {
        do {
            var rewrite = try DatabaseRewrite(try image(), cluster: cluster, bumpBy: bump)
            return try rewrite.finish()
        } catch SnapshotReadingError.damaged(let damage) {
            throw SnapshotProblem.damaged(damage)
        }
    }
}
