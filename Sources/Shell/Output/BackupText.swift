import Backups
import FoundationEssentials
import Text

extension Backup {
    /// `15 (0xf)`, or `unknown`.
    var revisionText: String { knownRevision?.description ?? "unknown" }

    /// `20.0 KiB`, `about 20.0 KiB`, or `-` if unknown.
    var sizeText: String {
        byteCount?.byteCountText ?? approximateByteCount.map { "about \($0.byteCountText)" } ?? "-"
    }

    /// `, 20.0 KiB, 3h old`, without the unknown parts.
    func sizeAndAge(at now: Date) -> String {
        let hasSize = byteCount != nil || approximateByteCount != nil
        return (hasSize ? ", \(sizeText)" : "")
            + (hasLocalTime ? ", written \(TimeText.text(self)) time" : age(at: now)?.clause ?? "")
    }

    /// `3h`, `~3h` if its time has no zone, `2d in the future`, or `-` if its time is unknown.
    func ageText(at now: Date) -> String {
        age(at: now).map { (hasLocalTime ? "~" : "") + $0.text } ?? "-"
    }

    /// Why its age is unknown although its time is known: `written 2d in the future: its clock or this one is wrong`.
    func reasonAgainstAge(at now: Date) -> String? {
        if hasLocalTime { return "its time is a local one without its zone ('use … --timezone ZONE' sets it)" }
        guard let age = age(at: now), age.isInFuture else { return nil }
        return "written \(age.text): its clock or this one is wrong"
    }
}

extension Age {
    /// `3h`, or `2d in the future`.
    var text: String {
        switch self {
        case .past(let seconds): DurationText.text(seconds: seconds)
        case .future(let seconds): "\(DurationText.text(seconds: seconds)) in the future"
        }
    }

    /// The end of a sentence: `, 3h old`, or `, written 2d in the future`.
    var clause: String {
        isInFuture ? ", written \(text)" : ", \(text) old"
    }
}
