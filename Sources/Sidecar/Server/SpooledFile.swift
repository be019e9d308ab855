import Backups
import Snapshot

/// A backup that is encoded, or from a source that can't be read twice: its snapshot, in a file without a name, for one
/// of those who asked for it.
final class SpooledFile: Sendable {
    private let copy: SpooledCopy

    /// - Parameter copy: One that counts this use of it.
    init(_ copy: SpooledCopy) {
        self.copy = copy
    }

    deinit { copy.endUse() }

    var byteCount: Int64 { copy.byteCount }
    var result: CheckResult { copy.result }

    /// Hands all bytes to `sink`, in order. Blocks.
    ///
    /// - Throws: `SystemError`, and what the sink throws.
    func read(into sink: (UnsafeRawBufferPointer) throws -> Void) throws { try copy.read(into: sink) }
}
