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

extension FixedWidthInteger {
    /// A number of bytes as etcd's own tools print it, in powers of 1000: `999 B`, `1.9 MB`, `45 kB`
    /// (go-humanize v1.0.0 `bytes.go`).
    public var decimalByteCountText: String {
        if self < 10 { return "\(self) B" }
        var value = Double(self)
        var units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"][...]
        while value >= 1000, units.count > 1 {
            value /= 1000
            units.removeFirst()
        }
        let rounded = (value * 10 + 0.5).rounded(.down) / 10
        let unit = units.first ?? "EB"
        return rounded < 10 ? "\(rounded) \(unit)" : "\(Int(rounded.rounded(.toNearestOrEven))) \(unit)"
    }
}
