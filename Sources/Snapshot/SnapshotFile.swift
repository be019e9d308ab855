import Glibc

/// A snapshot file that is open for reading, and never written to.
public final class SnapshotFile: Sendable {
    /// Its length when it was opened, in bytes.
    public let byteCount: Int64
    let descriptor: Int32
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
        self.descriptor = descriptor
        isOwned = true
        byteCount = Int64(status.st_size)
    }

    /// A file that another one has open for as long as this is used.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`.
    public init(openedAs descriptor: Int32) throws(SnapshotReadingError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(code: errno) }
        self.descriptor = descriptor
        isOwned = false
        byteCount = Int64(status.st_size)
    }

    deinit {
        if isOwned { close(descriptor) }
    }

    /// The database in it.
    ///
    /// - Throws: `Unsoundness` where it is something else or lacks pages; `SnapshotReadingError`.
    public func image() throws -> SnapshotImage {
        let head = try SnapshotImage.read(
            descriptor,
            at: 0,
            byteCount: Int(min(byteCount, Int64(SnapshotVerifier.headByteCount)))
        )
        if let unsoundness = SnapshotVerifier.unsoundness(head: head, byteCount: byteCount)
            ?? SnapshotVerifier.truncation(head: head, byteCount: byteCount)
        {
            throw unsoundness
        }
        return try SnapshotImage(descriptor: descriptor)
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
