import Backups
import Text

/// The type of a fact: how values are parsed, compared and printed.
enum FactType: Sendable {
    case text
    case backupName
    /// 64 hexadecimal digits.
    case sha256
    /// Hexadecimal digits, up to 16 of them.
    case hash
    case version
    case revision
    case size
    case time
    case duration
    case count
    case yesNo

    /// The name of such a value in findings, with its article.
    var name: String {
        switch self {
        case .text: "a text"
        case .backupName: "a backup's name"
        case .sha256: "a SHA-256 of 64 hexadecimal digits"
        case .hash: "a text of hexadecimal digits"
        case .version: "a version such as 3.1.0"
        case .revision: "a revision such as 15 or 0xf"
        case .size: "a size such as 24KiB"
        case .time: "a time such as 2016-11-23 or 2016-11-23T01:02:03Z"
        case .duration: "a duration such as 90s, 15m, 24h, 7d or 1y"
        case .count: "a whole number"
        case .yesNo: "yes or no"
        }
    }

    /// Whether values are compared as texts: any text can be asked for, although not every one can be found.
    var isText: Bool { [.text, .backupName, .sha256, .hash].contains(self) }

    /// Whether values have no form.
    var canBeAnyText: Bool { isText && shape == nil }

    /// Parses a typed value; `nil` if it is not of this type.
    func value(of text: String) -> FactValue? {
        switch self {
        case .text, .backupName, .sha256, .hash: .text(text)
        case .version: EtcdVersion(text).map(FactValue.version)
        case .revision: Revision(text).map(FactValue.revision)
        case .size: SizeText.byteCount(of: text).map(FactValue.size)
        case .time: TimeText.date(of: text).map(FactValue.time)
        case .duration: DurationText.seconds(of: text).map(FactValue.duration)
        case .count: Int(text).map(FactValue.count)
        case .yesNo: ["yes": true, "no": false, "true": true, "false": false][text].map(FactValue.yesNo)
        }
    }
}
