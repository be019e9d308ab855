import Blocking
import Files
import Text

/// A time zone as a user names it. A zone of the database is only read where it is needed.
public struct TimeZoneName: Sendable, Equatable {
    /// `UTC`, `local`, `+02:00` or `Europe/Berlin`.
    public let text: String

    /// - Throws: `SettingError` where no zone can be called so.
    public init(_ text: String) throws(SettingError) {
        self.text = text
        if Self.isSpecial(text) || Self.offset(text) != nil { return }
        let isName =
            text.utf8.first.map(\.isASCIIAlphanumeric) == true && !text.contains("..")
            && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "/_+-".utf8.contains($0) }
        guard isName, text.utf8.count < 100 else {
            throw SettingError("'\(text.printable)' can't be a time zone", nextStep: Self.forms)
        }
    }

    /// The zone itself.
    ///
    /// - Parameter folder: Where the system's time zones are.
    /// - Throws: `SettingError` where there is none of that name; `CancellationError`.
    public func zone(in folder: String = "/usr/share/zoneinfo") async throws -> LocalTimeZone {
        if text == "local" { return LocalTimeZone(.ofMachine) }
        if Self.isSpecial(text) { return LocalTimeZone(.fixed(0)) }
        if let offset = Self.offset(text) { return LocalTimeZone(.fixed(offset)) }
        let path = folder + "/" + text
        do {
            let file = try await BlockingWork.run(at: Place(folderOf: path)) {
                try FileContent(of: path, maxByteCount: 1 << 20)
            }
            if let rules = file.flatMap({ ZoneRules($0.bytes) }) { return LocalTimeZone(.rules(rules)) }
        } catch is SystemError {
            throw SettingError("this machine has no time zone '\(text)' in \(folder)", nextStep: Self.forms)
        }
        throw SettingError("\(path) is not the file of a time zone", nextStep: Self.forms)
    }

    private static let forms: NextStep = "write UTC, an offset such as +02:00, local, or a name such as Europe/Berlin"

    private static func isSpecial(_ text: String) -> Bool { ["UTC", "Z", "local"].contains(text) }

    /// `+02:00`, in seconds.
    private static func offset(_ text: String) -> Int64? {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isASCIIDigit) }),
            let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}

extension SourceSetting where Result == TimeZoneName? {
    /// The zone of times that names give without one.
    public static var timezone: SourceSetting {
        let kind = SettingKind("a time zone", meaning: .oneOf(["UTC", "local"])) { text throws(SettingError) in
            try TimeZoneName(text)
        }
        return SourceSetting(
            "timezone",
            value: "ZONE",
            kind,
            "the zone of times that names give without one: UTC, +02:00, local or Europe/Berlin (default: UTC, shown as local)"
        )
    }
}
