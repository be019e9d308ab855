import Text

/// Why a copy of a snapshot can't be kept for a while.
public enum SpoolError: UserError, Equatable {
    case cannotKeep(folder: String, reason: String)
    /// In bytes.
    case noSpace(folder: String, neededByteCount: Int64, freeByteCount: Int64)
}

extension SpoolError {
    public var code: String {
        switch self {
        case .cannotKeep: "spool.failed"
        case .noSpace: "spool.no-space"
        }
    }

    public var category: ErrorCategory { .failed }

    public var description: String {
        switch self {
        case .cannotKeep(let folder, let reason):
            "cannot keep a copy in \(folder.printable): \(reason)"
        case .noSpace(let folder, let needed, let free):
            "cannot keep a copy in \(folder.printable): \(needed.byteCountText) are needed and \(free.byteCountText) are free"
        }
    }

    public var nextStep: NextStep? { "name another folder, on a disk with room: \(setting: "spool-dir", "DIR")" }
}
