import Backups
import FoundationEssentials
import Testing

@Suite struct LocalTimeZoneTests {
    private let shown = Date(timeIntervalSince1970: 1_700_000_000)

    @Test(arguments: [("UTC", 0), ("Z", 0), ("+02:00", -7200), ("-03:30", 12_600)])
    func `an offset is taken from what a clock shows`(_ name: String, _ difference: Double) async throws {
        let zone = try await TimeZoneName(name).zone()
        #expect(zone.date(fromLocal: shown).timeIntervalSince(shown) == difference)
    }

    @Test(arguments: [
        "", "../etc/passwd", "/etc/passwd", "Europe/../../etc/passwd", "+2", "+24:00", "+02:60", "a\u{1B}b",
        "Europe Berlin",
    ])
    func `what can't be a zone's name is refused before anything is read`(_ name: String) {
        #expect(throws: SettingError.self) { try TimeZoneName(name) }
    }

    @Test(arguments: ["Europe/Atlantis", "Europe", "leapseconds"])
    func `a zone that is not there, a folder and another file are refused`(_ name: String) async throws {
        let zone = try TimeZoneName(name)
        await #expect(throws: SettingError.self) { try await zone.zone() }
    }
}
