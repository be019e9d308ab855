/// How many of each kind may run at the same time; one more is answered with 503 and a time to wait.
struct RequestLimits: Sendable {
    /// Each takes a piece of memory and, of a volume, an open file.
    var downloads = 128
    /// Each asks the source for one backup.
    var heads = 32
    /// They share one listing.
    var statuses = 64
    /// All others are answered at once.
    var others = 64
    /// Copies of backups on disk, while they are made and sent.
    var copies = 8
    /// Open connections; more are accepted when one of these is closed.
    var connections = 512

    func maxCount(of kind: RequestKind) -> Int {
        switch kind {
        case .download: downloads
        case .head: heads
        case .status: statuses
        case .other: others
        }
    }
}

/// What a request costs.
enum RequestKind: Sendable {
    /// The bytes of a backup.
    case download
    /// What is known of a backup.
    case head
    /// How many backups there are.
    case status
    /// All that is refused, or answered without the source.
    case other

    /// How many there are too many of.
    var plural: String {
        switch self {
        case .download: "downloads"
        case .head: "HEAD requests"
        case .status: "status requests"
        case .other: "requests"
        }
    }

    /// After how many seconds to ask again.
    var retryAfter: Int { self == .download ? 10 : 1 }
}
