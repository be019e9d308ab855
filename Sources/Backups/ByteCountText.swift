extension FixedWidthInteger {
    /// A number of bytes for a reader, in powers of 1024 with one digit behind the point: `512 B`, `20.0 KiB`.
    public var byteCountText: String {
        if self < 1024 { return "\(self) B" }
        var tenths = Double(self) * 10
        var unit = ""
        for next in ["KiB", "MiB", "GiB", "TiB"] where tenths.rounded() >= 10240 {
            tenths /= 1024
            unit = next
        }
        return "\(tenths.rounded() / 10) \(unit)"
    }
}
