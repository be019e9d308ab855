public import FoundationEssentials

/// How long ago something was written, by the clock that wrote its time and by this machine's.
public enum Age: Sendable, Hashable {
    /// So many seconds ago, 0 or more.
    case past(TimeInterval)
    /// Its time is so many seconds ahead of now. One of the two clocks is wrong, so the age is unknown.
    case future(TimeInterval)

    /// How far two clocks that are both right may differ, in seconds: a time that is no further ahead is taken for now.
    public static let maxClockSkew: TimeInterval = 10

    /// How far the clocks of a place can be ahead of UTC, in seconds.
    static let maxZoneOffset: TimeInterval = 14 * 3600

    /// - Parameter isLocal: Whether the time is that of a clock on a wall, whose zone is unknown.
    public init(of written: Date, at now: Date, isLocal: Bool = false) {
        let seconds = now.timeIntervalSince(written)
        let ahead = Self.maxClockSkew + (isLocal ? Self.maxZoneOffset : 0)
        self = seconds < -ahead ? .future(-seconds) : .past(max(0, seconds))
    }

    /// In seconds; `nil` where it is unknown.
    public var seconds: TimeInterval? {
        if case .past(let seconds) = self { seconds } else { nil }
    }

    public var isInFuture: Bool { seconds == nil }
}
