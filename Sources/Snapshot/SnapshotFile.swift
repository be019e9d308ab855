import Glibc

/// A snapshot file that is open for reading, and never written to.
public final class SnapshotFile: Sendable {
    /// As it was given.
    public let path: String
    /// Its length when it was opened, in bytes.
    public let byteCount: Int64
    /// Closed with the object.
    let descriptor: Int32

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
        self.path = path
        self.descriptor = descriptor
        byteCount = Int64(status.st_size)
    }

    deinit {
        close(descriptor)
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
        try await withTaskExecutorPreference(OwnThread()) { @concurrent in
            try SnapshotSurvey(self.image()) { throw Unsoundness.damaged($0) }.run()
        }
    }
}
