import Glibc

/// A member's data directory while it is made: all of it lies in `member.restoring` until it is whole, and etcd does not
/// look there.
///
///     DATA/member/snap/db
///     DATA/member/snap/0000000000000001-<members>.snap
///     DATA/member/wal/0000000000000000-0000000000000000.wal      or in a folder of its own
struct StagedMember {
    let data: String
    /// The folder of the log, where it is not in the data directory.
    let wal: String?
    /// The folders that were made for it, the uppermost first.
    private var madeFolders: [String]
    /// Held open, and locked as long as it is.
    private let locks: [Int32]
    private let safeguards: Safeguards

    private static let stagingName = "member.restoring"
    private static let stagedLogName = ".restoring.wal"
    /// What may lie in a folder that counts as empty: what a file system puts there, and what a restore that was killed
    /// has left.
    private static let ignoredNames = ["lost+found", stagingName, stagedLogName]

    var staging: String { "\(data)/\(Self.stagingName)" }
    var database: String { "\(staging)/snap/db" }
    private var stagedLog: String {
        wal.map { "\($0)/\(Self.stagedLogName)" } ?? "\(staging)/wal/\(WriteAheadLog.fileName)"
    }

    /// Makes the folders where they are not there, and takes them.
    ///
    /// - Parameters:
    ///   - databaseByteCount: Of the database.
    ///   - siblingCount: How many are made beside it, which need as much.
    /// - Throws: `RestoreError`; then what was made is gone again.
    init(
        data: String,
        wal: String?,
        databaseByteCount: Int64,
        siblingCount: Int,
        _ safeguards: Safeguards
    ) throws(RestoreError) {
        self.data = data
        self.wal = wal
        self.safeguards = safeguards
        var made: [String] = []
        var locks: [Int32] = []
        do throws(RestoreError) {
            let needs = Self.needs(
                data: data,
                wal: wal,
                databaseByteCount: databaseByteCount,
                siblingCount: siblingCount
            )
            for (path, byteCount) in needs {
                made += try Disk.makeFolders(path)
                locks.append(try Self.lock(path, safeguards))
                try Self.checkEmpty(path)
                try Self.checkRoom(path, in: path, byteCount)
            }
        } catch {
            for lock in locks { close(lock) }
            Disk.remove(made)
            throw error
        }
        madeFolders = made
        self.locks = locks
    }

    /// What is needed where: of the database, and of the log.
    private static func needs(
        data: String,
        wal: String?,
        databaseByteCount: Int64,
        siblingCount: Int
    ) -> [(path: String, byteCount: Int64)] {
        let count = Int64(siblingCount + 1)
        let logByteCount = WriteAheadLog.fileByteCount * count
        let data = (data, databaseByteCount * count + (wal == nil ? logByteCount : 0))
        return [data] + (wal.map { [($0, logByteCount)] } ?? [])
    }

    /// Checks that what is there leaves room, and writes nothing.
    static func check(data: String, wal: String?, databaseByteCount: Int64, siblingCount: Int) throws(RestoreError) {
        for (path, byteCount) in needs(
            data: data,
            wal: wal,
            databaseByteCount: databaseByteCount,
            siblingCount: siblingCount
        ) {
            var folder = path
            var status = stat()
            while stat(folder, &status) != 0, folder != Disk.parent(of: folder) { folder = Disk.parent(of: folder) }
            if folder == path { try checkEmpty(path) }
            try checkRoom(path, in: folder, byteCount)
        }
    }

    private static func checkEmpty(_ path: String) throws(RestoreError) {
        if let entry = try Disk.entries(of: path).first(where: { !ignoredNames.contains($0) }) {
            throw .notEmpty(path: path, entry: entry)
        }
    }

    private static func checkRoom(_ path: String, in folder: String, _ byteCount: Int64) throws(RestoreError) {
        let free = try Disk.freeByteCount(folder)
        guard byteCount <= free else { throw .noSpace(path: path, neededByteCount: byteCount, freeByteCount: free) }
    }

    private static func lock(_ path: String, _ safeguards: Safeguards) throws(RestoreError) -> Int32 {
        let descriptor = try Disk.check(path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard safeguards.lock(descriptor, path) else {
            close(descriptor)
            throw .busy(path: path)
        }
        return descriptor
    }

    /// Makes the empty folders for the files.
    func makeFolders() throws(RestoreError) {
        try removeStaged()
        for path in [staging, "\(staging)/snap"] + (wal == nil ? ["\(staging)/wal"] : []) {
            _ = try Disk.check(path) { mkdir(path, 0o700) }
        }
    }

    /// Writes what raft needs to know, and has the disk hold all names.
    func writeRaftFiles(_ member: InitialCluster.Member, in cluster: InitialCluster) throws(RestoreError) {
        try Disk.write("\(staging)/snap/\(RaftSnapshot.fileName(cluster))", RaftSnapshot.bytes(cluster))
        let log = WriteAheadLog(of: member, in: cluster)
        try Disk.write(stagedLog, log.bytes, paddedTo: WriteAheadLog.fileByteCount)
        for path in ["\(staging)/snap", wal ?? "\(staging)/wal", staging] { try Disk.syncFolder(path, safeguards) }
    }

    /// Gives all of it its names; from here on etcd starts on it.
    func publish() throws(RestoreError) {
        if let wal {
            try Disk.rename(stagedLog, to: "\(wal)/\(WriteAheadLog.fileName)")
            try Disk.syncFolder(wal, safeguards)
        }
        try Disk.rename(staging, to: "\(data)/member")
        try Disk.syncFolder(data, safeguards)
        for folder in madeFolders { try Disk.syncFolder(Disk.parent(of: folder), safeguards) }
    }

    /// Removes what was made of it, whether or not it has its names already.
    func discard() {
        if let wal { unlink("\(wal)/\(WriteAheadLog.fileName)") }
        try? Self.removeTree("\(data)/member")
        try? removeStaged()
        Disk.remove(madeFolders)
    }

    /// Lets others into the folders again.
    func release() {
        for lock in locks { close(lock) }
    }

    private func removeStaged() throws(RestoreError) {
        if wal != nil { unlink(stagedLog) }
        try Self.removeTree(staging)
    }

    /// Removes a folder with the files and folders in it, as deep as a member's are.
    private static func removeTree(_ path: String) throws(RestoreError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            _ = try Disk.check(path) { unlink(path) }
            return
        }
        for name in try Disk.entries(of: path) { try removeTree("\(path)/\(name)") }
        _ = try Disk.check(path) { rmdir(path) }
    }
}
