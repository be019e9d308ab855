import Backups
import Files
import Glibc
import Language
import Snapshot
import Text

/// Why a snapshot file could not be used.
enum SnapshotFailure: UserError, Hinting {
    case unreadable(path: String, code: Int32)
    case notAnswering(path: String, reason: String)
    case unsound(path: String, SnapshotProblem, findingCount: Int)
    /// The same where all findings were shown already.
    case shownUnsound(path: String, SnapshotProblem, findingCount: Int)
    /// It is packed, and can't be decoded.
    case undecodable(path: String, CodecError)
    /// Nothing proves that it is complete; the option accepts it anyway.
    case unverified(path: String, option: String)
    /// Something wrote to it while it was read.
    case changed(path: String)
    /// Its revision is none that etcd has.
    case noRevision(path: String, Int64)
    /// It contains no revision.
    case unknownRevision(path: String, RevisionRangeError)

    var code: String {
        switch self {
        case .unreadable(_, ENOENT), .unreadable(_, ENOTDIR): "snapshot.not-found"
        case .unreadable: "snapshot.unreadable"
        case .notAnswering: "snapshot.not-answering"
        case .unsound(_, let problem, _), .shownUnsound(_, let problem, _): problem.code
        case .undecodable(_, let error): error.code
        case .unverified: SnapshotProblem.missingTrailer.code
        case .changed: "snapshot.changed"
        case .noRevision: "snapshot.no-revision"
        case .unknownRevision(_, .beyondEnd): "snapshot.revision-beyond-end"
        case .unknownRevision(_, .compacted): "snapshot.revision-compacted"
        }
    }

    var category: ErrorCategory {
        switch self {
        case .unreadable(_, ENOENT), .unreadable(_, ENOTDIR): .notFound
        case .notAnswering, .unreadable(_, EACCES), .unreadable(_, EPERM): .unreachable
        case .undecodable(_, let error): error.isOfContent ? .unsound : .failed
        case .unreadable, .changed, .unknownRevision: .failed
        case .unsound, .shownUnsound, .unverified, .noRevision: .unsound
        }
    }

    var description: String {
        switch self {
        case .unreadable(let path, EINVAL):
            "cannot read \(path.printable): it is no regular file"
        case .unreadable(let path, let code):
            "cannot read \(path.printable): \(SystemError(code: code))"
        case .notAnswering(let path, let reason):
            "cannot read \(path.printable): \(reason.printable)"
        case .unsound(let path, let problem, let findingCount):
            "cannot accept \(path.printable): \(problem)"
                + (findingCount > 1 ? " (the first of \(findingCount) findings)" : "")
        case .shownUnsound(let path, let problem, let findingCount):
            "cannot accept \(path.printable): \(problem.brief)"
                + (findingCount > 1 ? " (the first of \(findingCount) findings)" : "")
        case .undecodable(let path, let error):
            "cannot decode \(path.printable): \(error)"
        case .unverified(let path, _):
            "cannot call \(path.printable) sound: \(SnapshotProblem.missingTrailer)"
        case .changed(let path):
            "cannot read \(path.printable): it changed while it was read"
        case .noRevision(let path, let number):
            "cannot read \(path.printable): \(number) is no revision"
        case .unknownRevision(let path, .beyondEnd(let asked, let last)):
            "cannot show revision \(asked): \(path.printable) ends with revision \(last)"
        case .unknownRevision(let path, .compacted(let asked, let compacted)):
            "cannot show revision \(asked): the history in \(path.printable) is compacted at \(compacted)"
        }
    }

    /// Whether there is no such file.
    var isMissing: Bool { if case .unreadable(_, ENOENT) = self { true } else { false } }

    private static func listing(folderOf path: String) -> String {
        let folder = PathParts(path).folder
        return folder == "." ? "ls" : "ls \(PathText.shellQuoted(folder))"
    }

    private static func nextStep(of error: RevisionRangeError) -> NextStep {
        let text: String =
            switch error {
            case .compacted(_, let compacted): "the first that can be shown: --revision \(compacted)"
            case .beyondEnd(_, let last): "the last that can be shown: --revision \(last)"
            }
        return NextStep(stringLiteral: text)
    }

    var hint: NextStep? {
        switch self {
        case .unreadable(let path, ENOENT): "see what is there: \(.run(Self.listing(folderOf: path)))"
        case .notAnswering: "look at the mount and its server: \(.run("findmnt"))"
        case .changed: "stop what writes to it; for a data directory that is etcd"
        case .undecodable(_, let error):
            error.nextStep ?? (error.isOfContent ? "get the backup again, or choose another one" : nil)
        case .unreadable(let path, EISDIR):
            "name a file: of a data directory its member/snap/db; of a folder with backups: \(.use(source: "pv", place: Word.shown(path)))"
        case .unknownRevision(_, let error): Self.nextStep(of: error)
        case .unreadable, .noRevision: nil
        case .unverified(_, let option):
            "a copy of a member's member/snap/db has none; if this is such a copy, add --\(option)"
        case .unsound(_, let problem, _), .shownUnsound(_, let problem, _):
            problem.isOfBytes ? "get the backup again, or choose another one" : problem.hint
        }
    }
}

extension SnapshotProblem {
    /// The problem in few words, where it stands as a whole nearby.
    fileprivate var brief: String {
        switch self {
        case .wrongTrailer: "it was altered: its SHA-256 is wrong"
        default: description
        }
    }
}
