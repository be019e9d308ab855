public import FoundationEssentials
import Glibc
import Text

/// The zone of times that names give without one.
public struct LocalTimeZone: Sendable {
    enum Clock: Sendable {
        /// Seconds ahead of UTC.
        case fixed(Int64)
        /// As this machine's clock.
        case ofMachine
        case rules(ZoneRules)
    }

    let clock: Clock

    init(_ clock: Clock) { self.clock = clock }

    /// When the clocks of the zone show a time: of two such moments the first.
    ///
    /// - Parameter local: What the clocks show, as if it were UTC.
    public func date(fromLocal local: Date) -> Date {
        guard let shown = Int64(exactly: local.timeIntervalSince1970.rounded(.down)) else { return local }
        let time: Int64 =
            switch clock {
            case .fixed(let offset): shown - offset
            case .rules(let rules): rules.time(ofClock: shown)
            case .ofMachine: Self.machineTime(ofClock: shown)
            }
        return local.addingTimeInterval(Double(time - shown))
    }

    private static func machineTime(ofClock shown: Int64) -> Int64 {
        var seconds = time_t(shown)
        var fields = tm()
        guard gmtime_r(&seconds, &fields) != nil else { return shown }
        // The system finds out whether it is summer time.
        fields.tm_isdst = -1
        return Int64(mktime(&fields))
    }
}
