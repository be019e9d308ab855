import Blocking
import Glibc

/// A snapshot file that is open for reading, and never written to.
public final class SnapshotFile: Sendable {
    let bytes: FileBytes
    /// What answers for it; absent where another one has it open, and answers for that.
    private let place: Place?

    /// - Throws: `SnapshotReadingError.unreadable` with the system's error number; `EINVAL` where it is no file that can
    ///   be read at any place, as a pipe.
    public init(path: String) throws(SnapshotReadingError) {
        // A pipe with nobody at its other end would else be waited for.
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { throw .unreadable(code: errno) }
        let descriptor = Descriptor(number, isOwned: true)
        let status = try Self.status(of: number)
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        bytes = FileBytes(descriptor: descriptor, byteCount: Int64(status.st_size), watermark: nil)
        place = Place(folderOf: path)
    }

    /// A file that another one has open for as long as this, and whatever comes of it, is used.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`.
    public init(openedAs number: Int32) throws(SnapshotReadingError) {
        let status = try Self.status(of: number)
        bytes = FileBytes(
            descriptor: Descriptor(number, isOwned: false),
            byteCount: Int64(status.st_size),
            watermark: nil
        )
        place = nil
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
    ///   - byteCount: How many bytes it will have.
    ///   - arrival: How many it has already; told by who writes it.
    public init(beingWrittenAs number: Int32, byteCount: Int64, watermark: WriteWatermark) {
        bytes = FileBytes(
            descriptor: Descriptor(number, isOwned: false),
            byteCount: byteCount,
            watermark: watermark
        )
        place = nil
    }

    /// The first so many bytes of a file that this process has written.
    init(_ file: NewFile, byteCount: Int64) {
        bytes = FileBytes(descriptor: file.descriptor, byteCount: byteCount, watermark: nil)
        place = nil
    }

    /// Its length when it was opened, in bytes.
    public var byteCount: Int64 { bytes.byteCount }

    /// The database in it.
    ///
    /// - Throws: `SnapshotProblem` where it is something else or lacks pages; `SnapshotReadingError`.
    func image() throws -> SnapshotImage { try SnapshotImage(checking: bytes) }

    /// What it holds, by one way through all its pages. The SHA-256 at its end is not looked at.
    ///
    /// - Throws: `SnapshotProblem`, `SnapshotReadingError.unreadable`, `CancellationError`.
    public func contents() async throws -> SnapshotContents {
        try await reading { image in
            try IntegrityCheck(image, checksHistory: false) { throw SnapshotReadingError.damaged($0) }.run()
        }
    }

    /// Reads its pages on a thread of its own.
    func reading<Result: Sendable>(
        _ body: @escaping @Sendable (SnapshotImage) throws -> Result
    ) async throws -> Result {
        try await running {
            do {
                return try body(self.image())
            } catch SnapshotReadingError.damaged(let damage) {
                throw SnapshotProblem.damaged(damage)
            }
        }
    }

    /// Runs what reads it, on a thread of its own.
    ///
    /// - Throws: `SnapshotReadingError.unreadable` with `ETIMEDOUT` where nothing answers.
    func running<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
        do {
            return try await BlockingWork.run(at: place, work)
        } catch is NotAnswering {
            throw SnapshotReadingError.unreadable(code: ETIMEDOUT)
        }
    }
}
