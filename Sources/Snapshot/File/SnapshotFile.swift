import Blocking
import Glibc

/// A snapshot file that is open for reading, and never written to.
public final class SnapshotFile: Sendable {
    package let bytes: FileBytes

    /// - Throws: `SnapshotReadingError.unreadable` with the system's error number; `EINVAL` where it is no file that
    ///   can be read at any place, as a pipe.
    public init(path: String) throws(SnapshotReadingError) {
        // Opening a pipe without a writer would wait.
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { throw .unreadable(code: errno) }
        let owner = OpenFile(number)
        let status = try Self.status(of: number)
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        bytes = FileBytes(
            descriptor: number,
            byteCount: Int64(status.st_size),
            owner: owner,
            place: Place(folderOf: path)
        )
    }

    /// A file that another one has open for as long as this, and whatever comes of it, is used.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`.
    public init(openedAs number: Int32) throws(SnapshotReadingError) {
        let status = try Self.status(of: number)
        bytes = FileBytes(descriptor: number, byteCount: Int64(status.st_size))
    }

    private static func status(of number: Int32) throws(SnapshotReadingError) -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .unreadable(code: errno) }
        return status
    }

    /// A file that is being written while it is read.
    ///
    /// - Parameters:
    ///   - number: Its descriptor, which another one has open for as long as this is used.
    ///   - byteCount: How many bytes it will have; `nil` where that shows only when the last one was written.
    ///   - progress: Which of them it has already, as its writer reports.
    public init(beingWrittenAs number: Int32, byteCount: Int64?, progress: WriteProgress) {
        bytes = FileBytes(
            descriptor: number,
            byteCount: byteCount ?? .max,
            isLengthKnown: byteCount != nil,
            progress: progress
        )
    }

    /// The first so many bytes of a file that this process has written.
    ///
    /// - Parameter owner: Keeps it open as long as anything holds it.
    package init(openedAs number: Int32, byteCount: Int64, owner: any AnyObject & Sendable) {
        bytes = FileBytes(descriptor: number, byteCount: byteCount, owner: owner)
    }

    /// Its length when it was opened, in bytes.
    public var byteCount: Int64 { bytes.byteCount }

    /// Runs what reads it, on a thread of its own.
    ///
    /// - Throws: `SnapshotReadingError.unreadable` with `ETIMEDOUT` where nothing answers.
    package func running<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result
    {
        do {
            return try await BlockingWork.run(at: bytes.place, work)
        } catch is NotAnswering {
            throw SnapshotReadingError.unreadable(code: ETIMEDOUT)
        }
    }
}
