import Drills
import Foundation
import Testing

@Suite("A drill is due")
struct ScheduleTests {
    private func dayCount(_ results: [DrillResult]) throws -> Double? {
        let schedule = Schedule(results)
        guard let due = schedule.due else { return nil }
        return due.timeIntervalSince(try #require(schedule.lastSuccess)) / 86400
    }

    @Test("now, where it was never done")
    func never() throws {
        #expect(Schedule([]) == Schedule(try DrillResult.read([DrillResult.line(hasGivenUp: true)])))
        #expect(try dayCount([]) == nil && Schedule([]).lastSuccess == nil)
    }

    @Test("now, where it was only left before its goal")
    func left() throws {
        #expect(Schedule(try DrillResult.read([DrillResult.line(isReached: false)])) == Schedule([]))
        let results = try DrillResult.read([
            DrillResult.line(), DrillResult.line(start: "2027-03-01T08:00:00Z", isReached: false),
        ])
        #expect(Schedule(results).lastSuccess == results[0].end)
    }

    @Test("90 days after the last success")
    func once() throws {
        let results = try DrillResult.read([
            DrillResult.line(start: "2027-03-01T08:00:00Z"), DrillResult.line(start: "2027-01-01T08:00:00Z", hints: 2),
            DrillResult.line(start: "2027-04-01T08:00:00Z", hasGivenUp: true),
        ])
        #expect(try dayCount(results) == 90)
        #expect(Schedule(results).lastSuccess == results[0].end)
    }

    @Test(
        "180 days after the second of two successes without help",
        arguments: [(0, 0, false, 180.0), (1, 0, false, 90), (0, 1, false, 90), (0, 0, true, 90)]
    )
    func twice(hints: Int, failedChecks: Int, hasGivenUp: Bool, days: Double) throws {
        let results = try DrillResult.read([
            DrillResult.line(start: "2027-03-01T08:00:00Z"),
            DrillResult.line(
                start: "2027-01-01T08:00:00Z",
                hints: hints,
                failedChecks: failedChecks,
                hasGivenUp: hasGivenUp
            ),
        ])
        #expect(try dayCount(results) == days)
    }
}
