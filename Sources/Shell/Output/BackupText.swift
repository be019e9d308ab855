import Backups
import FoundationEssentials

extension Backup {
    /// `20.0 KiB`, `about 20.0 KiB` or `-`, as far as it is known.
    var sizeText: String {
        byteCount?.byteCountText ?? approximateByteCount.map { "about \($0.byteCountText)" } ?? "-"
    }

    /// `, 20.0 KiB, 3h old`, without what nobody tells.
    func sizeAndAge(at now: Date) -> String {
        let hasSize = byteCount != nil || approximateByteCount != nil
        return (hasSize ? ", \(sizeText)" : "") + (modified == nil ? "" : ", \(ageText(at: now)) old")
    }

    /// `3h`, or `-` where nobody tells when it was written.
    func ageText(at now: Date) -> String {
        age(at: now).map { DurationText.text(seconds: $0) } ?? "-"
    }
}
