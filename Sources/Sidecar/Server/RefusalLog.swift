import Backups
import Synchronization

/// Reports refused requests, so many in a minute: whoever asks again and again must not fill the log.
final class RefusalLog: Sendable {
    private struct Minute {
        var start: ContinuousClock.Instant
        var shownCount = 0
        var hiddenCount = 0
    }

    private static let maxShownCount = 60

    private let minute = Mutex(Minute(start: .now))
    private let report: @Sendable (Notice) -> Void

    init(_ report: @escaping @Sendable (Notice) -> Void) {
        self.report = report
    }

    func add(_ line: String, at now: ContinuousClock.Instant = .now) {
        let (isShown, hiddenCount) = minute.withLock { minute in
            var hiddenCount = 0
            if now - minute.start >= .seconds(60) {
                hiddenCount = minute.hiddenCount
                minute = Minute(start: now)
            }
            let isShown = minute.shownCount < Self.maxShownCount
            if isShown { minute.shownCount += 1 } else { minute.hiddenCount += 1 }
            return (isShown, hiddenCount)
        }
        if hiddenCount > 0 { report(.note("refused \(hiddenCount) more requests, which are not shown")) }
        if isShown { report(.note(line)) }
    }
}
