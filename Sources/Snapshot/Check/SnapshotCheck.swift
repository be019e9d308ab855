import Blocking
import Glibc

/// The one check of a whole snapshot, for whatever uses one: the SHA-256 at its end, every page in use, and the history of
/// the keys. Hash and pages are read side by side, each on a thread of its own.
package struct SnapshotCheck: Sendable {
    private let bytes: any ByteSource

    package init(_ bytes: any ByteSource) {
        self.bytes = bytes
    }

    /// Follows a file that is still being written to its end.
    ///
    /// - Parameter onProgress: Gets how many bytes are hashed.
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    package func run(
        onProgress: @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> CheckResult {
        try await withTaskCancellationHandler {
            async let early = earlyPages()
            let digest = try await FileDigest(of: bytes, onProgress: onProgress)
            if let pages = try await early, digest.byteCount == bytes.byteCount { return CheckResult(digest, pages) }
            let pages = try await PageFindings(in: bytes.settled(byteCount: digest.byteCount))
            return CheckResult(digest, pages)
        } onCancel: {
            // What is being written may never come.
            bytes.stopWaiting()
        }
    }

    /// What the pages show while the file is still being written; `nil` where its length is not known, or it ends early.
    private func earlyPages() async throws -> PageFindings? {
        guard bytes.byteCount != nil else { return nil }
        do {
            return try await PageFindings(in: bytes)
        } catch SnapshotReadingError.unreadable(ECANCELED) {
            return nil
        }
    }
}

extension SnapshotFile {
    /// Checks it as a whole.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    public func verify(
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> CheckResult {
        try await running { try await SnapshotCheck(self.bytes).run(onProgress: onProgress) }
    }
}
