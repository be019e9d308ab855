import Testing

@testable import Terminal

@Suite("Progress in words")
struct ProgressTextTests {
    @Test(
        "parts are left out until the line fits, the least needed first",
        arguments: [
            (Int.max, "big.db  25%  256.0 MiB of 1.0 GiB  64.0 MiB/s  12s left"),
            (55, "big.db  25%  256.0 MiB of 1.0 GiB  64.0 MiB/s  12s left"), (54, "big.db  25%  64.0 MiB/s  12s left"),
            (33, "big.db  25%  64.0 MiB/s  12s left"), (32, "big.db  25%  12s left"), (20, "big.db  25%"), (10, "25%"),
            (2, ""), (0, ""), (-1, ""),
        ]
    )
    func widths(width: Int, text: String) {
        let line = ProgressText.line(
            label: "big.db",
            doneBytes: 256 << 20,
            totalBytes: 1 << 30,
            bytesPerSecond: 64 * 1_048_576,
            width: width
        )
        #expect(line == text)
    }

    @Test(
        "without a total there is no percentage, and without a rate no time left",
        arguments: [
            (nil, 1_048_576.0, "f  20.0 KiB  1.0 MiB/s"), (nil, nil, "f  20.0 KiB"), (0, 0, "f  20.0 KiB  0.0 MiB/s"),
            (41024, 0, "f  50%  20.0 KiB of 40.1 KiB  0.0 MiB/s"), (41024, nil, "f  50%  20.0 KiB of 40.1 KiB"),
            (20513, 1e9, "f  99%  20.0 KiB of 20.0 KiB  953.7 MiB/s  1s left"),
            (20512, 1e6, "f  100%  20.0 KiB of 20.0 KiB  1.0 MiB/s"),
            // More than there should be, and slower than is worth an estimate.
            (10000, 1e6, "f  100%  20.0 KiB of 9.8 KiB  1.0 MiB/s"),
            (1 << 30, 1, "f  0%  20.0 KiB of 1.0 GiB  0.0 MiB/s"),
            (41024, .infinity, "f  50%  20.0 KiB of 40.1 KiB  1000000000000000.0 MiB/s  0s left"),
            (41024, .nan, "f  50%  20.0 KiB of 40.1 KiB  0.0 MiB/s"),
        ] as [(Int64?, Double?, String)]
    )
    func unknowns(totalBytes: Int64?, bytesPerSecond: Double?, text: String) {
        let line = ProgressText.line(
            label: "f",
            doneBytes: 20512,
            totalBytes: totalBytes,
            bytesPerSecond: bytesPerSecond,
            width: .max
        )
        #expect(line == text)
    }

    @Test("a label is shown printable, and wide letters count as two columns")
    func labels() {
        func line(_ label: String, _ width: Int) -> String {
            ProgressText.line(label: label, doneBytes: 1, totalBytes: 2, bytesPerSecond: nil, width: width)
        }
        #expect(line("a\u{1B}[2Jb\n", 100) == #"a\u{1b}[2Jb\n  50%  1 B of 2 B"#)
        #expect(line("日本", 9) == "日本  50%")
        #expect(line("日本", 8) == "50%")
    }
}
