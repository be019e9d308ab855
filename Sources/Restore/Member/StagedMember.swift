import Blocking
import Files
import Glibc
import Text

/// A member's data directory while it is made: all of it lies in `member.restoring` until it is whole, and etcd does
/// not look there.
///
///     DATA/member/snap/db
///     DATA/member/snap/0000000000000001-<members>.snap
///     DATA/member/wal/0000000000000000-0000000000000000.wal      or in a folder of its own
struct StagedMember {
    let target: RestoreTarget
    /// What lies there already and may be the very member; `nil` where the folders are empty.
    let existing: ExistingMember?
    /// Whether a restore that was killed has left its log, which gives way to the same one.
    private let replacesLeftLog: Bool
    /// The folders that were made for it, the uppermost first.
    private let madeFolders: [String]
    /// What has its name already: only that is its own to remove.
    private var publishedPaths: [String] = []
    /// Held open, and locked as long as it is.
    private let locks: [Int32]
    private let safeguards: Safeguards

    private static let stagingName = "member.restoring"
    private static let stagedLogName = ".restoring.wal"
    /// What may lie in a folder that counts as empty: what a file system puts there, and what a restore that was killed
    /// has left.
    private static let ignoredNames = ["lost+found", stagingName, stagedLogName]

    private var data: String { target.dataDirectory }
    /// The folder of the log, where it is not in the data directory.
    private var wal: String? { target.walDirectory }
    private var staging: String { "\(data)/\(Self.stagingName)" }
    var database: String { "\(staging)/snap/db" }
    private var stagedLog: String {
        wal.map { "\($0)/\(Self.stagedLogName)" } ?? "\(staging)/wal/\(WriteAheadLog.fileName)"
    }

    /// Makes the folders where they are not there, and takes them.
    ///
    /// - Parameter order: What is made there and beside it.
    /// - Throws: `RestoreError`; then what was made is gone again.
    init(_ target: RestoreTarget, _ order: Order, _ safeguards: Safeguards) throws(RestoreError) {
        self.target = target
        self.safeguards = safeguards
        var made: [String] = []
        var locks: [Int32] = []
        do throws(RestoreError) {
            for path in Self.folders(of: target) {
                made += try Disk.makeFolders(path)
                locks.append(try Self.lock(path, safeguards))
            }
            replacesLeftLog = Self.hasLeftLog(target, in: order.cluster)
            existing = ExistingMember(target, in: order.cluster, ignoredNames: Self.ignoredNames)
            if existing == nil {
                for (path, byteCount) in Self.needs(of: target, order) {
                    try Self.checkEmpty(path, target, order)
                    try Self.checkRoom(path, in: path, byteCount)
                }
            }
        } catch {
            for lock in locks { Safeguards.unlockAndClose(lock) }
            Disk.remove(made)
            throw error
        }
        madeFolders = made
        self.locks = locks
    }

    /// What is made at once.
    struct Order {
        var cluster: InitialCluster
        /// Of the database of each member.
        var databaseByteCount: Int64
        var memberCount: Int
    }

    private static func folders(of target: RestoreTarget) -> [String] {
        [target.dataDirectory] + (target.walDirectory.map { [$0] } ?? [])
    }

    /// How many bytes are needed where: all members may lie on one disk.
    private static func needs(of target: RestoreTarget, _ order: Order) -> [(path: String, byteCount: Int64)] {
        let count = Int64(order.memberCount)
        let logByteCount = WriteAheadLog.fileByteCount * count
        let dataByteCount = order.databaseByteCount * count + (target.walDirectory == nil ? logByteCount : 0)
        return Array(zip(folders(of: target), [dataByteCount, logByteCount]))
    }

    /// Checks that what is there leaves room, or may be the very member; writes nothing.
    ///
    /// - Returns: The room that is needed and there, of each folder; none where a member is there already.
    @discardableResult
    static func check(_ target: RestoreTarget, _ order: Order) throws(RestoreError) -> [RestoreRoom] {
        guard ExistingMember(target, in: order.cluster, ignoredNames: ignoredNames) == nil else { return [] }
        var rooms: [RestoreRoom] = []
        for (path, byteCount) in needs(of: target, order) {
            var folder = path
            var status = stat()
            while BlockingWork.call(.lookup, { stat(folder, &status) }) != 0, folder != Disk.parent(of: folder) {
                folder = Disk.parent(of: folder)
            }
            if folder == path { try checkEmpty(path, target, order) }
            let free = try checkRoom(path, in: folder, byteCount)
            rooms.append(RestoreRoom(path: path, folder: folder, neededByteCount: byteCount, freeByteCount: free))
        }
        return rooms
    }

    private static func checkEmpty(_ path: String, _ target: RestoreTarget, _ order: Order) throws(RestoreError) {
        guard let entry = try Disk.entries(of: path).first(where: { !ignoredNames.contains($0) }) else { return }
        if path == target.walDirectory, entry == WriteAheadLog.fileName, hasLeftLog(target, in: order.cluster) {
            return
        }
        throw .notEmpty(path: path, entry: entry)
    }

    /// Whether a restore that was killed between its two renames has left its log, and beside it what has no name yet.
    private static func hasLeftLog(_ target: RestoreTarget, in cluster: InitialCluster) -> Bool {
        let staging = "\(target.dataDirectory)/\(stagingName)"
        guard let wal = target.walDirectory else { return false }
        return BlockingWork.call(.lookup) { access(staging, F_OK) } == 0 && isLog(wal, of: target, in: cluster)
    }

    /// Whether a folder holds the log that this restore writes.
    private static func isLog(_ wal: String, of target: RestoreTarget, in cluster: InitialCluster) -> Bool {
        let log = WriteAheadLog(of: target.member, in: cluster).file
        return (try? log.matches("\(wal)/\(WriteAheadLog.fileName)")) == true
    }

    private func removeLeftLog(_ wal: String, in cluster: InitialCluster) throws(RestoreError) {
        guard Self.isLog(wal, of: target, in: cluster) else { return }
        let path = "\(wal)/\(WriteAheadLog.fileName)"
        try Disk.check(path) { unlink(path) }
    }

    /// - Returns: How many bytes are free; `nil` where the file system does not say.
    @discardableResult
    private static func checkRoom(_ path: String, in folder: String, _ byteCount: Int64) throws(RestoreError) -> Int64?
    {
        guard let free = BlockingWork.call(.lookup, { FreeSpace.byteCount(in: folder) }) else { return nil }
        guard byteCount <= free else { throw .noSpace(path: path, neededByteCount: byteCount, freeByteCount: free) }
        return free
    }

    private static func lock(_ path: String, _ safeguards: Safeguards) throws(RestoreError) -> Int32 {
        let descriptor = try Disk.check(path, .lookup) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
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
            try Disk.check(path) { mkdir(path, 0o700) }
        }
    }

    /// Writes what raft needs to know, and has the disk hold all names.
    func writeRaftFiles(in cluster: InitialCluster) throws(RestoreError) {
        try Disk.write("\(staging)/snap/\(RaftSnapshot.fileName(cluster))", RaftSnapshot.bytes(cluster))
        let log = WriteAheadLog(of: target.member, in: cluster)
        try Disk.write(stagedLog, log.bytes, paddedTo: WriteAheadLog.fileByteCount)
        for path in ["\(staging)/snap", wal ?? "\(staging)/wal", staging] { try Disk.syncFolder(path, safeguards) }
    }

    /// Gives all of it its names; from here on etcd starts on it. With a log in a folder of its own, `member` comes
    /// last: without it etcd does not start on the log.
    ///
    /// - Throws: `RestoreError`, also where something else got one of the names meanwhile: it stays as it is.
    mutating func publish(in cluster: InitialCluster) throws(RestoreError) {
        if let wal {
            let log = "\(wal)/\(WriteAheadLog.fileName)"
            if replacesLeftLog { try removeLeftLog(wal, in: cluster) }
            try publish(stagedLog, as: log)
            try Disk.syncFolder(wal, safeguards)
        }
        try publish(staging, as: "\(data)/member")
        try Disk.syncFolder(data, safeguards)
        for folder in madeFolders { try Disk.syncFolder(Disk.parent(of: folder), safeguards) }
    }

    private mutating func publish(_ path: String, as name: String) throws(RestoreError) {
        do throws(RestoreError) {
            try Disk.rename(path, to: name)
        } catch {
            guard case .cannotWrite(_, let code) = error, [EEXIST, ENOTEMPTY].contains(code) else { throw error }
            throw .notEmpty(
                path: Disk.parent(of: name),
                entry: PathParts(name).name
            )
        }
        publishedPaths.append(name)
    }

    /// Removes what was made of it, whether or not it has its names already, and nothing else.
    func discard() {
        for path in publishedPaths.reversed() { try? Self.removeTree(path) }
        try? removeStaged()
        Disk.remove(madeFolders)
    }

    /// Lets others into the folders again.
    func release() {
        for lock in locks { Safeguards.unlockAndClose(lock) }
    }

    private func removeStaged() throws(RestoreError) {
        if wal != nil { BlockingWork.call(.write) { unlink(stagedLog) } }
        try Self.removeTree(staging)
    }

    /// Removes a folder with the files and folders in it, as deep as a member's are.
    private static func removeTree(_ path: String) throws(RestoreError) {
        var status = stat()
        guard BlockingWork.call(.lookup, { lstat(path, &status) }) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            try Disk.check(path) { unlink(path) }
            return
        }
        for name in try Disk.entries(of: path) { try removeTree("\(path)/\(name)") }
        try Disk.check(path) { rmdir(path) }
    }
}
