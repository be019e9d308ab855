import Backups
import Snapshot
import Text

/// Facts of a snapshot file, of a key in one, of a data directory, of a port: whatever a command has to do with it.
extension Fact {
    static let ofNamedFile = [
        file(
            "verified",
            .yesNo,
            "whether the snapshot file PATH is sound, its SHA-256 included; 'no' of any other file",
            isNoOfUndecodable: true
        ) { checked in
            let isSound = checked.result.verdict == .sound
            return .value(.yesNo(isSound), remark: isSound ? nil : checked.result.problems.first?.description)
        },
        file("sha256", .sha256, "its SHA-256, as sha256sum prints it") { .value(.text($0.result.sha256)) },
        file("size", .size, "its size") { .value(.size($0.byteCount)) },
        file("revision", .revision, "its revision") { .value(.revision(try $0.usableRevision())) },
        file("keys", .count, "how many keys are live in it") { .value(.count(try $0.usableContents().liveKeyCount)) },
        file("hash", .hash, "the hash of its content, as 'snapshot status' prints it") {
            .value(.text(String(try $0.usableContents().hash, radix: 16)))
        },
        file("hashkv", .count, "the hash of its keys, as 'hashkv' prints it") { try $0.keyHash() },
    ]

    static let ofKey = [
        key("exists", .yesNo, "whether the snapshot file PATH has the key KEY") { key, _ in
            .value(.yesNo(key != nil))
        },
        key("value", .text, "the key's value, which 'expect' does not show", isPrivate: true) { key, query in
            guard let key else { throw NoSuchKey(key: query.shown[1], path: query.shown[0]) }
            return FactReading(
                String(validating: key.value, as: UTF8.self).map(FactValue.text),
                ifAbsent: "it is not text; 'keys FILE KEY --raw' writes its bytes"
            )
        },
        key("revision", .revision, "the revision of the key's last change") { key, query in
            guard let key else { throw NoSuchKey(key: query.shown[1], path: query.shown[0]) }
            return FactReading(Revision(key.revision).map(FactValue.revision), ifAbsent: "it is no revision")
        },
    ]

    static let ofData = [
        data("revision", .revision, "the revision of the data directory DIR, as far as its database goes") {
            .value(.revision(try $0.database.usableRevision()))
        },
        data("cluster-id", .hash, "its cluster's id, as in its log; with --wal-dir only after its 'restore'") {
            .value(.text(try await $0.clusterID()))
        },
        data("members", .count, "how many members its database lists") {
            .value(.count(try $0.database.usableContents().members.count))
        },
        data("keys", .count, "how many keys are live in it") {
            .value(.count(try $0.database.usableContents().liveKeyCount))
        },
        data("hash", .hash, "the hash of its database, as 'snapshot status' prints it") {
            .value(.text(String(try $0.database.usableContents().hash, radix: 16)))
        },
        data(
            "hashkv",
            .count,
            "the hash of its keys, as 'hashkv' prints it: the file's own, unless --bump-revision raised the revision"
        ) {
            try $0.database.keyHash()
        },
    ]

    static let ofPort = Fact(
        name: "port().open",
        type: .yesNo,
        summary: "whether something accepts connections at HOST:PORT; it has 5 s to do so",
        needs: [],
        parameters: [FactParameter(name: "HOST:PORT", kind: ValueKind<HostAndPort>.hostAndPort.erased)]
    ) { query, session in
        guard let address = query.values.first as? HostAndPort else { return .unknown(reason: "it is no address") }
        return .value(.yesNo(try await address.acceptsConnections(in: session.world)))
    }

    private static let path = FactParameter(name: "PATH", kind: ValueKind<String>.file.erased)

    private static func file(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        isNoOfUndecodable: Bool = false,
        read: @escaping @Sendable (CheckedFile) throws -> FactReading
    ) -> Fact {
        Fact(name: "file().\(name)", type: type, summary: summary, needs: [], parameters: [path]) { query, session in
            do {
                return try read(try await session.files.checked(query.words[0], session))
            } catch let failure as SnapshotFailure where isNoOfUndecodable && failure.category == .unsound {
                return .value(.yesNo(false), remark: failure.description)
            }
        }
    }

    private static func key(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        isPrivate: Bool = false,
        read: @escaping @Sendable (FileReadings.Key?, FactQuery) throws -> FactReading
    ) -> Fact {
        Fact(
            name: "key().\(name)",
            type: type,
            summary: summary,
            needs: [],
            parameters: [path, FactParameter(name: "KEY", kind: ValueKind<String>.key.erased)],
            isPrivate: isPrivate
        ) { query, session in
            try read(try await session.files.key(query.words[1], in: query.words[0], session), query)
        }
    }

    private static func data(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        read: @escaping @Sendable (DataDirectory) async throws -> FactReading
    ) -> Fact {
        Fact(
            name: "data().\(name)",
            type: type,
            summary: summary,
            needs: [],
            parameters: [FactParameter(name: "DIR", kind: ValueKind<String>.folder.erased)]
        ) { query, session in
            try await read(try await DataDirectory(query.words[0], session))
        }
    }
}

extension CheckedFile {
    /// What is in it, where it was read whole.
    ///
    /// - Throws: `SnapshotFailure`.
    func usableContents() throws -> SnapshotContents {
        do throws(SnapshotProblem) {
            return try result.requireSound(acceptingMissingTrailer: true)
        } catch {
            throw SnapshotFailure.unsound(
                path: path,
                error,
                findingCount: result.problems.count + result.furtherProblemCount
            )
        }
    }

    fileprivate func usableRevision() throws -> Revision {
        let revision = try usableContents().revision
        guard let revision = Revision(revision) else { throw SnapshotFailure.noRevision(path: path, revision) }
        return revision
    }

    fileprivate func keyHash() throws -> FactReading {
        FactReading(
            try usableContents().keyHash.map { .count(Int($0.hash)) },
            ifAbsent: "its keys were not read"
        )
    }
}
