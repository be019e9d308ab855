import Blocking
import Glibc

/// The one check of a whole snapshot, for whatever uses one: the SHA-256 at its end, every page in use, and the history
/// of the keys. Hash and pages are looked at side by side, each on a thread of its own, and what one of them has read
/// the other one takes.
package struct SnapshotCheck: Sendable {
    private let bytes: any ByteSource
    private let hashesKeys: Bool

    /// - Parameter hashesKeys: Whether `SnapshotContents.keyHash` is computed.
    package init(_ bytes: any ByteSource, hashesKeys: Bool = false) {
        self.bytes = bytes
        self.hashesKeys = hashesKeys
    }

    /// Follows a file that is still being written to its end.
    ///
    /// - Parameter onProgress: Gets how many bytes are hashed.
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    package func run(
        onProgress: @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> CheckResult {
        try await withTaskCancellationHandler {
            let shared = SharedBytes(bytes)
            async let early = earlyPages(shared)
            let digest = try await digest(shared, onProgress)
            if let pages = try await early, digest.byteCount == bytes.byteCount { return CheckResult(digest, pages) }
            let pages = try await PageFindings(in: bytes.settled(byteCount: digest.byteCount), hashesKeys: hashesKeys)
            return CheckResult(digest, pages)
        } onCancel: {
            // What is being written may never come.
            bytes.stopWaiting()
        }
    }

    private func digest(
        _ shared: SharedBytes,
        _ onProgress: @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> FileDigest {
        defer { shared.endReadingInOrder() }
        return try await FileDigest(of: shared, onProgress: onProgress)
    }

    /// What the pages show while the file is still being written; `nil` where its length is not known, or it ends
    /// early.
    private func earlyPages(_ shared: SharedBytes) async throws -> PageFindings? {
        guard shared.isLengthKnown else { return nil }
        defer { shared.endReadingTrees() }
        do {
            return try await PageFindings(in: shared, hashesKeys: hashesKeys)
        } catch SnapshotReadingError.unreadable(ECANCELED) {
            return nil
        }
    }
}

extension SnapshotFile {
    /// Checks it as a whole.
    ///
    /// - Parameters:
    ///   - hashesKeys: Whether `SnapshotContents.keyHash` is computed.
    ///   - onProgress: Gets how many bytes are hashed.
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    public func verify(
        hashingKeys hashesKeys: Bool = false,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> CheckResult {
        try await running { try await SnapshotCheck(self.bytes, hashesKeys: hashesKeys).run(onProgress: onProgress) }
    }
}
