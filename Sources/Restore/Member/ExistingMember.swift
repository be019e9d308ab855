/// A data directory with the files of a restored member, and no others: etcd has not started on it yet, if the files
/// hold what a restore writes, for it adds files and changes these as soon as it starts.
struct ExistingMember {
    private let snapFolder: String
    private let snapshot: String
    private let log: String

    /// - Parameters:
    ///   - ignoredNames: What may lie beside the files of the member.
    /// - Returns: `nil` where other files are there, or some of these are not.
    init?(_ target: RestoreTarget, in cluster: InitialCluster, ignoredNames: [String]) {
        func names(_ path: String) -> [String] {
            ((try? Disk.entries(of: path)) ?? []).filter { !ignoredNames.contains($0) }
        }
        let data = target.dataDirectory
        let logFolder = target.walDirectory ?? "\(data)/member/wal"
        let snapshotName = RaftSnapshot.fileName(cluster)
        guard names(data) == ["member"],
            names("\(data)/member") == (target.walDirectory == nil ? ["snap", "wal"] : ["snap"]),
            names("\(data)/member/snap") == [snapshotName, "db"],
            names(logFolder) == [WriteAheadLog.fileName]
        else { return nil }
        snapFolder = "\(data)/member/snap"
        snapshot = "\(snapFolder)/\(snapshotName)"
        log = "\(logFolder)/\(WriteAheadLog.fileName)"
    }

    /// - Throws: `RestoreError.differs` where a file holds something else than this restore would write;
    ///   `SnapshotReadingError.unreadable`; `CancellationError`.
    func check(_ database: ExpectedFile, _ target: RestoreTarget, in cluster: InitialCluster) throws {
        let files = [
            ("\(snapFolder)/db", database),
            (snapshot, ExpectedFile(RaftSnapshot.bytes(cluster))),
            (log, WriteAheadLog(of: target.member, in: cluster).file),
        ]
        for (path, expected) in files where !(try expected.matches(path)) {
            throw RestoreError.differs(folder: target.dataDirectory, file: path)
        }
    }
}

extension WriteAheadLog {
    /// The file as it is written.
    var file: ExpectedFile { ExpectedFile(bytes, paddedTo: Self.fileByteCount) }
}
