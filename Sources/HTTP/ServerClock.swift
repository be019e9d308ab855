package import Backups
package import FoundationEssentials
import Synchronization

/// The time as servers have it: this machine's, set right from the date of a response where it is off.
///
/// It is what requests are signed with, and what the end of credentials is compared with.
package final class ServerClock: Sendable {
    /// Servers refuse what is signed 15 minutes off; a third of it is no matter of the way that responses take.
    private static let maxOffset: TimeInterval = 5 * 60

    private let local: @Sendable () -> Date
    private let report: @Sendable (Notice) -> Void
    /// What the servers' clocks show more than ours, in seconds.
    private let offset = Mutex<TimeInterval>(0)

    /// - Parameters:
    ///   - local: This machine's clock.
    ///   - report: Gets a notice when it is found to be off.
    package init(_ local: @escaping @Sendable () -> Date, report: @escaping @Sendable (Notice) -> Void) {
        self.local = local
        self.report = report
    }

    package var now: Date { local().addingTimeInterval(offset.withLock { $0 }) }

    /// Whether what was done at a time, by this clock, was too far from a server's time for it to be accepted.
    package static func isOff(_ date: Date, from serverDate: Date) -> Bool {
        abs(serverDate.timeIntervalSince(date)) > maxOffset
    }

    /// Takes a server's time over where it differs from what was taken for it, and says so.
    package func setRight(by serverDate: Date) {
        let right = serverDate.timeIntervalSince(local())
        let isNews = offset.withLock { offset in
            guard abs(right - offset) > Self.maxOffset else { return false }
            offset = right
            return true
        }
        guard isNews else { return }
        let minutes = Int((abs(right) / 60).rounded())
        report(
            .warning(
                "this machine's clock is \(minutes) min \(right > 0 ? "behind" : "ahead of") the server's,"
                    + " which is used to sign; ages are off by as much"
            )
        )
    }
}
