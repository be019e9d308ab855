import Glibc

/// A snapshot file that is open for reading, and never written to.
public final class SnapshotFile: Sendable {
    let bytes: FileBytes
    /// Whether the descriptor is closed with the object.
    private let isOwned: Bool

    /// - Throws: `SnapshotReadingError.unreadable` with the system's error number; `EINVAL` where it is no file that can
    ///   be read at any place, as a pipe.
    public init(path: String) throws(SnapshotReadingError) {
        // A pipe with nobody at its other end would else be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            defer { close(descriptor) }
            throw .unreadable(code: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            defer { close(descriptor) }
            throw .unreadable(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        bytes = FileBytes(descriptor: descriptor, byteCount: Int64(status.st_size), arrival: nil)
        isOwned = true
    }

    /// A file that another one has open for as long as this is used.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`.
    public init(openedAs descriptor: Int32) throws(SnapshotReadingError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(code: errno) }
        bytes = FileBytes(descriptor: descriptor, byteCount: Int64(status.st_size), arrival: nil)
        isOwned = false
    }

    /// A file that is being written while it is read.
    ///
    /// - Parameters:
    ///   - descriptor: Open for as long as this is used.
    ///   - byteCount: How many bytes it will have.
    ///   - arrival: How many it has already; told by who writes it.
    public init(beingWrittenAs descriptor: Int32, byteCount: Int64, arrival: Arrival) {
        bytes = FileBytes(descriptor: descriptor, byteCount: byteCount, arrival: arrival)
        isOwned = false
    }

    deinit {
        if isOwned { close(bytes.descriptor) }
    }

    /// Its length when it was opened, in bytes.
    public var byteCount: Int64 { bytes.byteCount }

    /// The database in it.
    ///
    /// - Throws: `Unsoundness` where it is something else or lacks pages; `SnapshotReadingError`.
    func image() throws -> SnapshotImage {
        let head = try bytes.readIfThere(at: 0, byteCount: SnapshotVerifier.headByteCount)
        if let unsoundness = SnapshotVerifier.unsoundness(head: head, byteCount: byteCount)
            ?? SnapshotVerifier.truncation(head: head, byteCount: byteCount)
        {
            throw unsoundness
        }
        return try SnapshotImage(bytes)
    }

    /// What it holds, by one way through all its pages. The SHA-256 at its end is not looked at.
    ///
    /// - Throws: `Unsoundness`, `SnapshotReadingError.unreadable`, `CancellationError`.
    public func contents() async throws -> SnapshotContents {
        try await reading { image in
            try SnapshotSurvey(image, checksHistory: false) { throw SnapshotReadingError.damaged($0) }.run()
        }
    }

    /// Reads its pages on a thread of its own.
    func reading<Result: Sendable>(
        _ body: @Sendable (SnapshotImage) throws -> Result
    ) async throws -> Result {
        try await withTaskExecutorPreference(OwnThread()) { @concurrent in
            do {
                return try body(self.image())
            } catch SnapshotReadingError.damaged(let damage) {
                throw Unsoundness.damaged(damage)
            }
        }
    }
}
