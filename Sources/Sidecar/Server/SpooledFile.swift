import Backups
import Snapshot
import Text

/// A backup that is encoded, or from a source that can't be read twice: its snapshot, in a file without a name, for one of those who asked for it.
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

/// Why a backup can't be copied before it is sent.
enum SpoolError: UserError, Equatable {
    case cannotKeep(folder: String, reason: String)
    case noSpace(folder: String, neededByteCount: Int64, freeByteCount: Int64)
    /// As many copies as may be kept are made or sent just now.
    case tooMany

    var code: String {
        switch self {
        case .cannotKeep: "server.spool-failed"
        case .noSpace: "server.no-space"
        case .tooMany: "server.busy"
        }
    }

    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .cannotKeep(let folder, let reason):
            "cannot keep a copy in \(folder.printable): \(reason)"
        case .noSpace(let folder, let needed, let free):
            "cannot keep a copy in \(folder.printable): \(needed.byteCountText) are needed and \(free.byteCountText) are free"
        case .tooMany: "too many copies are being made or sent"
        }
    }

    var nextStep: NextStep? {
        switch self {
        case .cannotKeep, .noSpace: "name a folder on another disk: \(setting: "spool-dir", "DIR")"
        case .tooMany: "ask again when a download has ended"
        }
    }
}
