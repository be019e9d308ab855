import Backups
import Foundation
import Testing
import Text

@testable import Shell

@Suite("Values as people type them")
struct ValueTests {
    @Test(
        "durations",
        arguments: [
            ("90s", 90), ("15m", 900), ("24h", 86400), ("7d", 604_800), ("1d12h", 129_600), ("1y35d", 34_560_000),
            ("0s", 0),
            ("", nil), ("5", nil), ("h", nil), ("1.5h", nil), ("-1h", nil), ("1w", nil), ("5m ", nil),
            ("99999999999d", nil),
        ] as [(String, Double?)]
    )
    func durations(text: String, seconds: Double?) {
        #expect(DurationText.seconds(of: text) == seconds)
    }

    @Test(
        "durations as they are shown",
        arguments: [
            (0, "0s"), (59.9, "59s"), (60, "1m"), (72, "1m12s"), (3600, "1h"), (3605, "1h"), (86400 * 3 + 7200, "3d2h"),
            (86400 * 400, "1y35d"), (-90, "0s"), (-0.5, "0s"), (Double.infinity, "9223372036854775807y"),
        ] as [(Double, String)]
    )
    func shownDurations(seconds: Double, text: String) {
        #expect(DurationText.text(seconds: seconds) == text)
    }

    @Test(
        "measured times",
        arguments: [
            (Duration.microseconds(400), "1 ms"), (.milliseconds(40), "40 ms"), (.milliseconds(3140), "3.1 s"),
            (.seconds(72), "1m12s"),
        ]
    )
    func measured(duration: Duration, text: String) {
        #expect(DurationText.text(measured: duration) == text)
    }

    @Test(
        "sizes",
        arguments: [
            ("512", 512), ("24KiB", 24576), ("24kib", 24576), ("10MB", 10_000_000), ("1GiB", 1 << 30), ("3b", 3),
            ("2TiB", 2 << 40),
            ("", nil), ("KiB", nil), ("1.5GiB", nil), ("-1", nil), ("1 KiB", nil), ("9999999999TiB", nil), ("5X", nil),
        ] as [(String, Int64?)]
    )
    func sizes(text: String, byteCount: Int64?) {
        #expect(SizeText.byteCount(of: text) == byteCount)
    }

    @Test(
        "times are in UTC unless they say otherwise",
        arguments: [
            ("2016-11-23", "2016-11-23T00:00:00Z"), ("2016-11-23T01:02", "2016-11-23T01:02:00Z"),
            ("2016-11-23T01:02:03", "2016-11-23T01:02:03Z"), ("2016-11-23t01:02:03z", "2016-11-23T01:02:03Z"),
            ("2016-11-23T01:02:03.75Z", "2016-11-23T01:02:03Z"), ("2016-11-23T01:02:03+02:00", "2016-11-22T23:02:03Z"),
            ("2016-11-23T01:02-05:30", "2016-11-23T06:32:00Z"), ("2016-02-29", "2016-02-29T00:00:00Z"),
        ]
    )
    func times(text: String, utc: String) {
        #expect(TimeText.date(of: text).map(TimeText.text) == utc)
    }

    @Test(
        "what is no time",
        arguments: [
            "", "now", "2016", "2016-11", "2016-13-01", "2016-02-30", "2015-02-29", "2016-11-23T", "2016-11-23T24:30",
            "2016-11-23T1:02", "2016-11-23 01:02", "2016-11-23T01:02:03+2", "2016-11-23T01:02:03.Z", "16-11-23",
            "2016-11-23T01:02:03+25:00", "2027-02-31T00:00:00+01:00", "2016-11-23T25:00:00+01:00", "２０１６-11-23",
        ]
    )
    func noTimes(text: String) {
        #expect(TimeText.date(of: text) == nil)
    }

    @Test(
        "a path of the shell's own is one word of sh",
        arguments: [
            ("out.db", "out.db"), ("/a/b-c_d.db", "/a/b-c_d.db"), ("two words", "'two words'"), ("it's", "'it'\\''s'"),
            ("$x", "'$x'"), ("", "''"), ("grün", "'grün'"),
        ]
    )
    func shellQuoting(path: String, quoted: String) {
        #expect(PathText.shellQuoted(path) == quoted)
    }
}

@Suite("Comparing facts")
struct ComparisonTests {
    @Test(
        "goes by the type, not by the text",
        arguments: [
            (FactType.revision, "9", "<", "10", true), (.revision, "0xf", "==", "15", true),
            (.size, "1KiB", ">", "1023", true),
            (.duration, "23h", "<", "1d", true), (.version, "3.1.4", "==", "3.1", true),
            (.version, "3.1.4", "<", "3.1", false),
            (.version, "3.10.0", ">", "3.9.0", true), (.version, "3.2.0", "!=", "3.1", true),
            (.version, "3.4.23", "~", "3.4*", true),
            (.text, "foo.db", "~", "*.db", true), (.text, "foo.db", "~", "*.bak", false), (.text, "a", "==", "a", true),
            (.time, "2016-11-23", "<=", "2016-11-23", true), (.count, "10", ">=", "9", true),
            (.yesNo, "yes", "==", "no", false),
        ] as [(FactType, String, String, String, Bool)]
    )
    func comparing(type: FactType, left: String, sign: String, right: String, holds: Bool) throws {
        let comparison = try #require(Comparison(rawValue: sign))
        let leftValue = try #require(type.value(of: left))
        let rightValue = try #require(comparison.valueType(for: type).value(of: right))
        #expect(comparison.suits(type))
        #expect(comparison.holds(leftValue, rightValue) == holds)
    }

    @Test("a fact as a variable holds it can be read again")
    func roundTrip() throws {
        let revision = try #require(Revision(15))
        let values: [(FactType, FactValue)] = [
            (.revision, .revision(revision)), (.size, .size(20512)), (.count, .count(3)), (.yesNo, .yesNo(true)),
            (.version, .version(EtcdVersion(major: 3, minor: 4, patch: 23))), (.duration, .duration(93600)),
            (.time, .time(Date(timeIntervalSince1970: 1_479_862_923))), (.text, .text("x y")),
        ]
        for (type, value) in values { #expect(type.value(of: value.plainText) == value) }
    }
}
