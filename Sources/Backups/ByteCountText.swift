extension FixedWidthInteger {
    /// A number of bytes for a reader, in powers of 1024 and three or four digits: `512 B`, `20.0 KiB`, `1.5 GiB`.
    public var byteCountText: String {
        var tenths = UInt64(clamping: self).multipliedReportingOverflow(by: 10)
        if tenths.overflow { tenths.partialValue = .max }
        guard self >= 1024 else { return "\(self) B" }
        var value = tenths.partialValue
        for unit in ["KiB", "MiB", "GiB", "TiB"] {
            value = (value + 512) / 1024
            if value < 10240 || unit == "TiB" { return "\(value / 10).\(value % 10) \(unit)" }
        }
        return "\(self) B"
    }
}
