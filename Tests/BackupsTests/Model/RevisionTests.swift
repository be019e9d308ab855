import Backups
import Testing

@Suite("A revision")
struct RevisionTests {
    @Test(
        "is read in decimal, in hexadecimal, and as the 16 digits of a name",
        arguments: [
            ("15", Int64(15)), ("0xf", 15), ("0XF", 15), ("000000000000000f", 15), ("0", 0), ("007", 7),
            ("9223372036854775807", .max), ("7fffffffffffffff", .max), ("0000000000000010", 16),
        ]
    )
    func reading(text: String, value: Int64) {
        #expect(Revision(text)?.value == value)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "f", "-1", "+1", "1.0", "0x", "0x-1", " 1", "9223372036854775808", "8000000000000000",
            "00000000000000f", "0000000000000000f", "max", "１５",
        ]
    )
    func otherTexts(text: String) {
        #expect(Revision(text) == nil)
    }

    @Test("is shown both ways")
    func description() throws {
        #expect(try #require(Revision(15)).description == "15 (0xf)")
        #expect(try #require(Revision(255)).sixteenDigits == "00000000000000ff")
        #expect(Revision(-1) == nil)
    }
}
