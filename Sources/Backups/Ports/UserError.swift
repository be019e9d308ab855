import Text

/// A failure of the outside world that a person has to know of.
///
/// `description` is a sentence, *cannot ‹verb› ‹thing›: ‹reason›*. It names no command and no option.
public protocol UserError: Error, CustomStringConvertible {
    /// What programs know it by: `store.not-found`. It stays the same when the sentence changes.
    var code: String { get }
    /// What kind of failure it is.
    var category: ErrorCategory { get }
    /// The next step, where one is certain and what shows the error can't know it.
    var nextStep: NextStep? { get }
    /// What was tried, a line each, where that explains the failure; it stands below the next step.
    var tried: [String] { get }
}

extension UserError {
    public var nextStep: NextStep? { nil }
    public var tried: [String] { [] }
}

/// What kind of failure it is; each kind has an exit code of its own.
public enum ErrorCategory: Sendable {
    /// Something went wrong on the way.
    case failed
    /// There is no such cluster, backup or file.
    case notFound
    /// What was found is not a sound snapshot.
    case unsound
    /// Nothing answers there, or it is not allowed.
    case unreachable
}

/// Why a store did not do what it was asked.
public enum StoreError: UserError, Equatable {
    /// There is nothing under that name.
    case notFound(String)
    case notAllowed(String, reason: String)
    /// The file is not the one any more that was listed.
    case changed(String)
    /// A link leads out of the store.
    case leavesStore(String, target: String)
    case failed(String, reason: String)
    /// The store has no such thing: `keeps no older versions`.
    case unsupported(reason: String)
    /// It broke off or was too busy, and the same call may fare better after a while.
    case interrupted(String, reason: String, retryAfter: Duration? = nil)

    /// Whether the store is out of reach, whatever it has.
    public var isInterruption: Bool {
        if case .interrupted = self { true } else { false }
    }

    public var code: String {
        switch self {
        case .notFound: "store.not-found"
        case .notAllowed: "store.not-allowed"
        case .changed: "store.changed"
        case .leavesStore: "store.link-leaves-store"
        case .failed: "store.read-failed"
        case .unsupported: "store.unsupported"
        case .interrupted: "store.unreachable"
        }
    }

    public var category: ErrorCategory {
        switch self {
        case .notFound: .notFound
        case .notAllowed, .leavesStore, .interrupted: .unreachable
        case .changed, .failed, .unsupported: .failed
        }
    }

    public var description: String {
        switch self {
        case .notFound(let name): "cannot find \(name.printable)"
        case .notAllowed(let name, let reason): "cannot read \(name.printable): \(reason.printable)"
        case .changed(let name): "cannot read \(name.printable): it changed since it was listed"
        case .leavesStore(let name, let target):
            "cannot read \(name.printable): it is a link that leaves the volume, to \(target.printable)"
        case .failed(let name, let reason): "cannot read \(name.printable): \(reason.printable)"
        case .unsupported(let reason): "cannot do this here: \(reason.printable)"
        case .interrupted(let name, let reason, _): "cannot read \(name.printable): \(reason.printable)"
        }
    }
}
