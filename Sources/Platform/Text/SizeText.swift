/// A number of bytes as people type it: `512`, `24KiB`, `10MB`.
package enum SizeText {
    private static let units: [(name: String, byteCount: Int64)] = [
        ("", 1), ("b", 1),
        ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1 << 40),
        ("kb", 1000), ("mb", 1_000_000), ("gb", 1_000_000_000), ("tb", 1_000_000_000_000),
    ]

    /// The number of bytes, or `nil` where the text is none, or beyond an Int64.
    package static func byteCount(of text: String) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let name = text[digits.endIndex...].lowercased()
        guard let count = Int64(digits), let unit = units.first(where: { $0.name == name }) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit.byteCount)
        return overflow ? nil : product
    }
}
