import Testing
import Text

@Suite("What is shown of outside things")
struct TextTests {
    @Test(
        "a name can't move the cursor, hide, or turn the reading direction",
        arguments: [
            ("plain näme", "plain näme"), ("a\nb", "a\\nb"), ("\u{1B}[31mred", "\\u{1b}[31mred"),
            ("tab\there", "tab\\there"),
            ("\u{202E}gpj", "\\u{202e}gpj"), ("zero\u{200B}width", "zero\\u{200b}width"), ("bell\u{7}", "bell\\u{7}"),
            ("c1\u{9B}", "c1\\u{9b}"), ("back\\slash", "back\\slash"),
        ]
    )
    func printable(name: String, shown: String) {
        #expect(name.printable == shown)
    }

    @Test(
        "sizes go by powers of 1024",
        arguments: [
            (Int64(0), "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (20512, "20.0 KiB"),
            (1_048_575, "1.0 MiB"), (1 << 30, "1.0 GiB"), (1 << 40, "1.0 TiB"), (.max, "8388608.0 TiB"), (-5, "-5 B"),
        ]
    )
    func sizes(byteCount: Int64, text: String) {
        #expect(byteCount.byteCountText == text)
    }
}
