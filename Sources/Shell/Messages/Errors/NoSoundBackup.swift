import Backups
import Text

/// None of the backups that `get --or-older` tried is sound.
struct NoSoundBackup: UserError, Hinting {
    /// Why no other one was tried.
    enum End: Sendable {
        /// The option allows no more.
        case enough
        /// All older ones are unusable.
        case none(passedOver: [UnusableBackup])
        case unlisted(reason: String)
    }

    /// In the order in which they were tried.
    var tried: [UnsoundBackup]
    var end: End

    var code: String { "selection.none-sound" }
    var category: ErrorCategory { .unsound }

    var description: String {
        let last = tried.last?.failure.description ?? "cannot find a sound backup"
        let earlier = tried.dropLast().map { "\($0.name.printable) (\($0.reason))" }
        let before = earlier.isEmpty ? "" : "; tried before it: " + earlier.joined(separator: ", ")
        return last + before + "; " + ending
    }

    private var ending: String {
        switch end {
        case .enough: "\(tried.count - 1) older \(tried.count == 2 ? "one was" : "ones were") tried"
        case .none(passedOver: []): "there is no older one"
        case .none(let passedOver): "no older one can be used: \(passedOver.sentence)"
        case .unlisted(let reason): "older ones are unknown: \(reason)"
        }
    }

    var hint: NextStep? {
        switch end {
        case .enough: "more are tried with --or-older=N; see them all: \(line: "ls")"
        case .none: "see what is there: \(line: "ls"); other sources may have more: \(.useOtherSource)"
        case .unlisted:
            """
            other sources list all backups: \(.useOtherSource); 'pick REVISION --etcd-version VERSION' asks for one
            """
        }
    }
}
