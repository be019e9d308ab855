import Synchronization
import TestSupport
import Testing

@testable import Terminal

@Suite("When progress is shown, and how fast it goes")
struct ProgressMeterTests {
    private static let start = ContinuousClock.now
    private static let rate = ProgressMeter.Rate(delay: .seconds(1), interval: .milliseconds(200))

    /// What a meter answers at some moments (in milliseconds after its start) to so many bytes.
    private func rates(_ updates: [(milliseconds: Int, doneBytes: Int64)], doneBytes: Int64 = 0) -> [Double?] {
        var meter = ProgressMeter(rate: Self.rate, doneBytes: doneBytes, at: Self.start)
        return updates.map { meter.rate(doneBytes: $0.doneBytes, at: Self.start + .milliseconds($0.milliseconds)) }
    }

    @Test("nothing is shown in the beginning, and then not too often")
    func rate() {
        #expect(
            rates([(0, 0), (999, 999), (1000, 1000), (1199, 1500), (1200, 1200), (9000, 9000)])
                == [nil, nil, 1000, nil, 1000, 1000]
        )
    }

    @Test("the rate is that of the last seconds")
    func window() {
        var updates = (1...10).map { ($0 * 1000, Int64($0) * 1000) }
        updates += (11...20).map { ($0 * 1000, 10000 + Int64($0 - 10) * 4000) }
        let rates = rates(updates)
        #expect(rates[9] == 1000)
        #expect(rates[10] == 1600)
        #expect(rates[14] == 4000)
        #expect(rates[19] == 4000)
    }

    @Test("a transfer that stalls comes to a rate of 0, and what starts again is not slowed by the pause")
    func stall() {
        var updates = (1...5).map { ($0 * 1000, Int64($0) * 1000) }
        updates += (6...15).map { ($0 * 1000, 5000) }
        updates += (16...20).map { ($0 * 1000, 5000 + Int64($0 - 15) * 2000) }
        let rates = rates(updates)
        #expect(rates[9] == 0)
        #expect(rates[14] == 0)
        #expect(rates[19] == 2000)
    }

    @Test("what was there before a transfer was resumed does not count, and going back is no speed")
    func resumed() {
        #expect(rates([(1000, 1_000_500)], doneBytes: 1_000_000) == [500])
        #expect(rates([(1000, 1000), (2000, 0)]) == [1000, 0])
    }

    @Test("a clock that stands still or goes back does no harm")
    func oddClock() {
        var meter = ProgressMeter(rate: .init(delay: .zero, interval: .zero), doneBytes: 0, at: Self.start)
        #expect(meter.rate(doneBytes: 10, at: Self.start) == 0)
        #expect(meter.rate(doneBytes: 10, at: Self.start - .seconds(1)) == nil)
    }

    @Test("where nobody watches a terminal, a line is written now and then, and none is drawn over")
    func log() throws {
        let clock = Mutex(Self.start)
        let log = try Log()
        let line = ProgressLine(totalBytes: 1000, label: "big.db", to: log.descriptor) { clock.withLock(\.self) }
        for second in 1...25 {
            clock.withLock { $0 += .seconds(1) }
            line.update(doneBytes: Int64(second * 10))
        }
        line.erase()
        line.finish()
        line.update(doneBytes: 1000)
        #expect(
            try log.text() == """
                big.db  10%  100 B of 1000 B  0.0 MiB/s  1m30s left
                big.db  20%  200 B of 1000 B  0.0 MiB/s  1m20s left

                """
        )
    }
}
