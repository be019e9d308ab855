import Foundation
import Testing

@testable import Text

/// What the clocks of a place show, compared with the system's own reading of the same files.
@Suite struct ZoneRulesTests {
    static let names = [
        "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe",
        "Africa/Casablanca",
        "America/Nuuk", "Asia/Gaza", "Pacific/Apia", "Etc/UTC", "America/Sao_Paulo", "Asia/Tokyo", "Europe/Dublin",
    ]

    private static func file(_ name: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))).map(Array.init)
    }

    @Test(.enabled(if: file("Europe/Berlin") != nil), arguments: names)
    func `a zone is as far ahead of UTC as the system says, in all years`(_ name: String) throws {
        let rules = try #require(Self.file(name).flatMap(ZoneRules.init))
        let zone = try #require(TimeZone(identifier: name))
        // Every 11 days and some hours, from 1985 to 2036: up to where all systems list the changes themselves.
        for time in stride(from: Int64(473_385_600), to: 2_100_000_000, by: 971_717) {
            let date = Date(timeIntervalSince1970: Double(time))
            #expect(rules.offset(at: time) == Int64(zone.secondsFromGMT(for: date)), "\(name) at \(date)")
        }
    }

    @Test(
        .enabled(if: file("Europe/Berlin") != nil),
        arguments: [
            // Winter, summer, the hour that comes twice, the hour that does not come, and a year that only the rule
            // covers.
            ("2026-01-15T02:00:00Z", "2026-01-15T01:00:00Z"), ("2026-07-15T02:00:00Z", "2026-07-15T00:00:00Z"),
            ("2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z"), ("2026-10-25T03:00:00Z", "2026-10-25T02:00:00Z"),
            ("2026-03-29T02:30:00Z", "2026-03-29T01:30:00Z"), ("2026-03-29T03:00:00Z", "2026-03-29T01:00:00Z"),
            ("2099-07-15T02:00:00Z", "2099-07-15T00:00:00Z"),
        ]
    )
    func `a clock's time becomes the first moment at which the clock shows it`(_ shown: String, _ moment: String) throws
    {
        let rules = try #require(Self.file("Europe/Berlin").flatMap(ZoneRules.init))
        let seconds = { (text: String) in Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) }
        #expect(rules.time(ofClock: try seconds(shown)) == (try seconds(moment)))
    }

    @Test func `what is no time zone's file is none, however short it is cut`() throws {
        #expect(ZoneRules([]) == nil)
        #expect(ZoneRules(Array("TZif2".utf8)) == nil)
        #expect(ZoneRules([UInt8](repeating: 0xFF, count: 4096)) == nil)
        guard let whole = Self.file("Europe/Berlin") else { return }
        for length in 0..<whole.count {
            // Without its last line it is still one, with fewer years.
            if let rules = ZoneRules(Array(whole.prefix(length))) {
                #expect(rules.offset(at: 1_700_000_000) % 3600 == 0)
            }
        }
    }

    @Test(arguments: [
        ("EST5", "2026-07-01T00:00:00Z", -18_000 as Int64), ("<+0330>-3:30", "2026-07-01T00:00:00Z", 12_600),
        // Days of the year, without and with February 29.
        ("AAA0BBB,J60/0,J61/0", "2024-02-29T12:00:00Z", 0), ("AAA0BBB,J60/0,J61/0", "2024-03-01T12:00:00Z", 3600),
        ("AAA0BBB,J60/0,J61/0", "2023-03-01T12:00:00Z", 3600), ("AAA0BBB,59/0,60/0", "2024-02-29T12:00:00Z", 3600),
        ("AAA0BBB,59/0,60/0", "2023-03-01T12:00:00Z", 3600),
        // South of the equator summer goes over the end of the year.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39_600),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00Z", 36_000),
    ])
    func `a yearly rule is read as POSIX writes it`(_ text: String, _ time: String, _ offset: Int64) throws {
        let rule = try #require(YearlyClockRule(text))
        let seconds = Int64(try Date(time, strategy: .iso8601).timeIntervalSince1970)
        #expect(rule.offset(at: seconds) == offset)
    }

    @Test(arguments: [
        "", "5", "EST", "EST5EDT", "EST5EDT,M3", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0,x",
        "A99999999999999999999",
    ])
    func `a text that is no yearly rule is none`(_ text: String) {
        #expect(YearlyClockRule(text) == nil)
    }
}
