import Foundation
import Testing

@testable import Text

@Suite("A time as RFC 3339 has it")
struct InternetTimeTests {
    @Test(
        "is read, in all its forms",
        arguments: [
            ("2026-01-31T08:15:00Z", 1_769_847_300), ("2026-01-31T08:15:00.000Z", 1_769_847_300),
            ("2026-01-31T08:15:00.250Z", 1_769_847_300.25), ("2026-01-31T08:15:00.5Z", 1_769_847_300.5),
            ("2026-01-31T10:15:00+02:00", 1_769_847_300), ("2026-01-31T08:15:00UTC", 1_769_847_300),
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1), ("2024-02-29T00:00:00Z", 1_709_164_800),
            ("2000-02-29T12:00:00Z", 951_825_600), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ]
    )
    func read(text: String, seconds: Double) {
        #expect(InternetTime.date(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test("is the same as Foundation reads it, on every day of some years")
    func everyDay() throws {
        for day in stride(from: 0, to: 60 * 366, by: 1) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3723)
            let text = InternetTime.text(of: date)
            try #require(InternetTime.date(text) == date, "\(text)")
        }
    }

    @Test(
        "of another form is none",
        arguments: ["2026-13-01T00:00:00Z", "2026-01-0xT00:00:00Z", "2026-01-01 00:00:00", "Z", "20260101T000000Z", ""]
    )
    func none(text: String) {
        #expect(InternetTime.date(text) == nil)
    }
}
