/// Decides when progress is shown, and measures its rate.
package struct ProgressMeter: Sendable {
    /// A clock's reading; only differences count.
    package typealias Instant = ContinuousClock.Instant

    /// How often something is shown.
    package struct Rate: Sendable {
        /// The delay before the first output: shorter work shows no progress.
        package var delay: Duration
        /// The minimum time between two lines.
        package var interval: Duration

        /// For a line that is redrawn.
        package static let terminal = Rate(delay: .seconds(1), interval: .milliseconds(200))
        /// For lines that stay.
        package static let log = Rate(delay: .seconds(10), interval: .seconds(10))
    }

    private let rate: Rate
    private var nextAt: Instant
    /// Samples of the last seconds, and one before them.
    private var samples: [(at: Instant, doneBytes: Int64)]
    /// The rate is measured over these last seconds, because downloads stall and resume.
    private static let window = Duration.seconds(5)

    /// A meter that starts now, with this much present already.
    package init(rate: Rate, doneBytes: Int64, at start: Instant) {
        self.rate = rate
        nextAt = start + rate.delay
        samples = [(start, doneBytes)]
    }

    /// The bytes per second if it is time to show them; `nil` if it is too early.
    package mutating func rate(doneBytes: Int64, at now: Instant) -> Double? {
        guard now >= nextAt else { return nil }
        nextAt = now + rate.interval
        while samples.count > 1, samples[1].at <= now - Self.window { samples.removeFirst() }
        samples.append((now, doneBytes))
        let seconds = (now - samples[0].at) / .seconds(1)
        return seconds > 0 ? max(0, Double(doneBytes - samples[0].doneBytes) / seconds) : 0
    }
}
