public import Snapshot
import Text

/// Why a download ended without a file under its final name.
public enum DownloadError: UserError, Equatable {
    /// The difference says why what is there is not known to be the backup, where that was looked at.
    case destinationExists(path: String, ExistingFileDifference? = nil)
    case noFolder(path: String, reason: String)
    case noSpace(folder: String, neededByteCount: Int64, freeByteCount: Int64)
    /// Another process is writing the same partial file.
    case busy(path: String)
    case cannotWrite(path: String, reason: String)
    /// The verified file has its name, but the disk failed before the name was safe from a power failure.
    case notSynced(path: String, reason: String)
    /// `keptAs` is the path under which the bytes were kept, where that was asked for.
    case unsound(name: String, SnapshotProblem, keptAs: String?)
    /// The snapshot is sound, and has fewer live keys than were asked for.
    case tooFewKeys(name: String, count: Int, minCount: Int)
    /// `keptAs` is the path under which the encoded bytes were kept, where that was asked for.
    case undecodable(name: String, CodecError, keptAs: String? = nil)

    public var code: String {
        switch self {
        case .destinationExists: "download.destination-exists"
        case .noFolder: "download.no-folder"
        case .noSpace: "download.no-space"
        case .busy: "download.busy"
        case .cannotWrite: "download.write-failed"
        case .notSynced: "download.not-synced"
        case .unsound(_, let problem, _): problem.code
        case .tooFewKeys: "download.too-few-keys"
        case .undecodable(_, let error, _): error.code
        }
    }

    public var category: ErrorCategory {
        switch self {
        case .unsound: .unsound
        case .undecodable(_, let error, _) where error.isOfContent: .unsound
        default: .failed
        }
    }

    public var nextStep: NextStep? {
        if case .undecodable(_, let error, _) = self { error.nextStep } else { nil }
    }

    public var description: String {
        switch self {
        case .destinationExists(let path, let difference):
            "cannot write \(path.printable): it exists already"
                + (difference.map { ", and is not known to be this backup: \($0)" } ?? "")
        case .noFolder(let path, let reason):
            "cannot write into the folder \(path.printable): \(reason)"
        case .noSpace(let folder, let needed, let free):
            "cannot write into the folder \(folder.printable): \(needed.byteCountText) are needed"
                + " and \(free.byteCountText) are free"
        case .busy(let path):
            "cannot write \(path.printable): another snapsh process is writing it"
        case .cannotWrite(let path, let reason):
            "cannot write \(path.printable): \(reason)"
        case .notSynced(let path, let reason):
            "cannot sync the folder of \(path.printable): \(reason);"
                + " the file is there and verified, but a power failure may lose it"
        case .unsound(let name, let problem, let keptAs):
            "cannot accept \(name.printable): \(problem)"
                + (keptAs.map { "; kept, unverified, as \($0.printable)" } ?? "")
        case .tooFewKeys(let name, let count, let minCount):
            "cannot accept \(name.printable): it has \(count) \(count == 1 ? "key" : "keys"), fewer than \(minCount)"
        case .undecodable(let name, let error, let keptAs):
            "cannot decode \(name.printable): \(error)"
                + (keptAs.map { "; kept, still encoded, as \($0.printable)" } ?? "")
        }
    }
}
