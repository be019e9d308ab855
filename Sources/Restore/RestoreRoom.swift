import Blocking
import Glibc

/// The room that a restore needs in a folder, and what there is.
public struct RestoreRoom: Sendable, Equatable {
    /// The folder that is to be filled.
    public var path: String
    /// It, or the nearest one above it that is there.
    public var folder: String
    /// What all members need that are made at once.
    public var neededByteCount: Int64
    /// `nil` where the file system does not say.
    public var freeByteCount: Int64?
}

extension InitialCluster {
    /// Checks where data directories are to be made, and how much room there is. It writes nothing.
    ///
    /// - Parameter databaseByteCount: The size of the snapshot.
    /// - Returns: The folders of the first of them that is not there already; all need as much.
    /// - Throws: `RestoreError` where the restore would fail so; `CancellationError`.
    public func room(for targets: [RestoreTarget], databaseByteCount: Int64) async throws -> [RestoreRoom] {
        let order = StagedMember.Order(
            cluster: self,
            databaseByteCount: databaseByteCount,
            memberCount: targets.count
        )
        let place = Place(folderOf: targets.first?.dataDirectory ?? ".")
        do {
            return try await BlockingWork.run(at: place, tidiesUp: true) {
                var rooms: [RestoreRoom] = []
                for target in targets {
                    let found = try StagedMember.check(target, order)
                    for room in found { try room.checkPermission() }
                    if rooms.isEmpty { rooms = found }
                }
                return rooms
            }
        } catch let silent as NotAnswering {
            throw RestoreError.cannotWrite(path: silent.path, code: ETIMEDOUT)
        }
    }
}

extension RestoreRoom {
    /// - Throws: `RestoreError.cannotWrite` where nothing can be made in the folder.
    fileprivate func checkPermission() throws(RestoreError) {
        try Disk.check(path, .lookup) { faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) }
    }
}
