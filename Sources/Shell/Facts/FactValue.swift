import Backups
import FoundationEssentials
import Text

/// A fact's value.
enum FactValue: Sendable, Equatable {
    case text(String)
    case version(EtcdVersion)
    case revision(Revision)
    /// In bytes.
    case size(Int64)
    case time(Date)
    /// In seconds.
    case duration(Double)
    case count(Int)
    case yesNo(Bool)

    /// The form that a variable holds; it parses again.
    var plainText: String {
        switch self {
        case .text(let text): text
        case .version(let version): version.description
        case .revision(let revision): String(revision.value)
        case .size(let byteCount): String(byteCount)
        case .time(let date): TimeText.text(date)
        case .duration(let seconds): DurationText.text(seconds: seconds)
        case .count(let count): String(count)
        case .yesNo(let isTrue): isTrue ? "yes" : "no"
        }
    }

    /// The form in a sentence.
    var description: String {
        switch self {
        case .text(let text): text.printable
        case .revision(let revision): revision.description
        case .size(let byteCount): "\(byteCount) bytes (\(byteCount.byteCountText))"
        default: plainText
        }
    }
}

extension FactValue: Encodable {
    /// Numbers as numbers, sizes in bytes, durations in seconds, times as RFC 3339.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text, .version: try container.encode(plainText)
        case .revision(let revision): try container.encode(revision.value)
        case .size(let byteCount): try container.encode(byteCount)
        case .time(let date): try container.encode(date)
        case .duration(let seconds): try container.encode(seconds)
        case .count(let count): try container.encode(count)
        case .yesNo(let isTrue): try container.encode(isTrue)
        }
    }
}
