import Foundation
import Testing
import Text

@Suite("Times of HTTP")
struct HTTPDateTests {
    @Test(
        "are written as they are read",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_208_000, "Thu, 29 Feb 2024 12:00:00 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
        ]
    )
    func bothWays(seconds: TimeInterval, text: String) {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(HTTPDate.text(of: date) == text)
        #expect(HTTPDate.date(text) == date)
    }

    @Test(
        "are nothing else",
        arguments: ["", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Foo 1994 08:49:37 GMT"]
    )
    func odd(text: String) {
        #expect(HTTPDate.date(text) == nil)
    }

    @Test("are not written before 1970")
    func early() {
        #expect(HTTPDate.text(of: Date(timeIntervalSince1970: -1)) == nil)
    }
}
