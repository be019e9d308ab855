import FoundationEssentials
import Text

/// How names of one kind are put together, written as strftime(3) has it: `*-%Y-%m-%dT%H-%M-%S.db`.
///
/// - `*`: any text that is not empty, at most once.
/// - `%Y` (four digits), `%m`, `%d`, `%H`, `%M`, `%S` (two digits each): a time.
/// - `%z`: its zone, `Z` or `+02:00`.
/// - `%s`: a time in seconds since 1970, nine digits or more.
/// - `%N`: a number of any length; `%6`: one of so many digits.
/// - `%X`: 16 hexadecimal digits, the letters in lower case.
struct NameForm: Sendable {
    private enum Part: Sendable {
        case text([UInt8])
        case field(UInt8)
    }

    /// What comes before the `*`; everything where there is none.
    private var head: [Part] = []
    /// What comes after it, the last part first.
    private var tail: [Part] = []
    private var hasFreeText = false

    init(_ pattern: StaticString) {
        var isTail = false
        var text: [UInt8] = []
        var parts: [Part] = []
        var bytes = UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount)[...]
        func end() {
            if !text.isEmpty { parts.append(.text(text)) }
            text = []
        }
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "*"):
                end()
                head = parts
                parts = []
                isTail = true
            case UInt8(ascii: "%"):
                end()
                if let letter = bytes.popFirst() { parts.append(.field(letter)) }
            default: text.append(byte)
            }
        }
        end()
        if isTail { tail = parts.reversed() } else { head = parts }
        hasFreeText = isTail
    }

    /// What a name says; `nil` where it has another form.
    func match(_ name: Substring) -> NameMatch? {
        var reading = Reading(rest: name.utf8)
        for part in head where !reading.take(part, fromEnd: false) { return nil }
        for part in tail where !reading.take(part, fromEnd: true) { return nil }
        guard hasFreeText != reading.rest.isEmpty else { return nil }
        var found = reading.found
        found.text = String(Substring(reading.rest))
        if !tail.isEmpty { found.numbers.reverse() }
        return found
    }

    func match(_ name: String) -> NameMatch? { match(name[...]) }

    /// A name that is read from both of its ends.
    private struct Reading {
        var rest: Substring.UTF8View
        var found = NameMatch()

        mutating func take(_ part: Part, fromEnd: Bool) -> Bool {
            switch part {
            case .text(let text):
                return take(text.count, fromEnd: fromEnd).map { $0.elementsEqual(text) } ?? false
            case .field(let letter):
                return take(letter, fromEnd: fromEnd)
            }
        }

        private mutating func take(_ letter: UInt8, fromEnd: Bool) -> Bool {
            switch letter {
            case UInt8(ascii: "Y"): takeTime(4, fromEnd, \.year)
            case UInt8(ascii: "m"): takeTime(2, fromEnd, \.month)
            case UInt8(ascii: "d"): takeTime(2, fromEnd, \.day)
            case UInt8(ascii: "H"): takeTime(2, fromEnd, \.hour)
            case UInt8(ascii: "M"): takeTime(2, fromEnd, \.minute)
            case UInt8(ascii: "S"): takeTime(2, fromEnd, \.second)
            case UInt8(ascii: "z"): takeZone(fromEnd)
            case UInt8(ascii: "s"): takeUnixTime(fromEnd)
            case UInt8(ascii: "X"):
                takeNumber(16, fromEnd) { $0.isHexadecimalDigit && !(65...70).contains($0) }
            case UInt8(ascii: "N"): takeNumber(digitCount(fromEnd), fromEnd, of: \.isASCIIDigit)
            default: takeNumber(Int(letter) - 48, fromEnd, of: \.isASCIIDigit)
            }
        }

        private mutating func take(_ count: Int, fromEnd: Bool) -> Substring.UTF8View? {
            guard count <= rest.count else { return nil }
            let taken = fromEnd ? rest.suffix(count) : rest.prefix(count)
            rest = fromEnd ? rest.dropLast(count) : rest.dropFirst(count)
            return taken
        }

        private func digitCount(_ fromEnd: Bool) -> Int {
            if fromEnd { return rest.reversed().prefix(while: \.isASCIIDigit).count }
            return rest.prefix(while: \.isASCIIDigit).count
        }

        private mutating func takeNumber(_ count: Int, _ fromEnd: Bool, of isDigit: (UInt8) -> Bool) -> Bool {
            guard count > 0, let digits = take(count, fromEnd: fromEnd), digits.allSatisfy(isDigit) else {
                return false
            }
            found.numbers.append(Substring(digits))
            return true
        }

        private mutating func takeUnixTime(_ fromEnd: Bool) -> Bool {
            let count = digitCount(fromEnd)
            guard count >= 9, let digits = take(count, fromEnd: fromEnd) else { return false }
            // Up to the year 9999, as dates are written with four digits of a year.
            let seconds = Int64(Substring(digits)).flatMap { $0 <= 253_402_300_799 ? $0 : nil }
            found.unixTime = .some(seconds)
            return true
        }

        private mutating func takeTime(
            _ count: Int,
            _ fromEnd: Bool,
            _ unit: WritableKeyPath<CalendarTime, Int>
        ) -> Bool {
            guard let digits = take(count, fromEnd: fromEnd), let number = Self.number(digits) else { return false }
            var calendar = found.calendar ?? CalendarTime()
            calendar[keyPath: unit] = number
            found.calendar = calendar
            return true
        }

        private mutating func takeZone(_ fromEnd: Bool) -> Bool {
            let isUTC = (fromEnd ? rest.last : rest.first) == UInt8(ascii: "Z")
            guard let zone = take(isUTC ? 1 : 6, fromEnd: fromEnd) else { return false }
            if isUTC { return true }
            let sign = zone.first
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
                zone.dropFirst(3).first == UInt8(ascii: ":"),
                let hours = Self.number(zone.dropFirst().prefix(2)), let minutes = Self.number(zone.suffix(2)),
                hours < 24, minutes < 60
            else { return false }
            var calendar = found.calendar ?? CalendarTime()
            calendar.offset = (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
            found.calendar = calendar
            return true
        }

        /// A number of a few digits.
        private static func number(_ digits: Substring.UTF8View) -> Int? {
            var number = 0
            for digit in digits {
                guard digit.isASCIIDigit else { return nil }
                number = number * 10 + Int(digit - UInt8(ascii: "0"))
            }
            return number
        }
    }
}

/// What a name of a known form says.
struct NameMatch: Sendable {
    /// What stands for the `*`.
    var text = ""
    /// The digits of each number, in the order of the name.
    var numbers: [Substring] = []
    fileprivate(set) var calendar: CalendarTime?
    /// Within, `nil` where the number is beyond all calendars.
    fileprivate(set) var unixTime: Int64??

    /// Its time; `nil` where it has none, or an impossible one.
    var time: Date? {
        if case .some(let seconds) = unixTime { return seconds.map { Date(timeIntervalSince1970: Double($0)) } }
        return calendar?.date
    }

    /// Whether it has a time that does not exist, as in a month 13.
    var hasImpossibleTime: Bool { (calendar != nil || unixTime != nil) && time == nil }
}

extension [NameForm] {
    /// What a name says in the first form that it has.
    func match(_ name: Substring) -> NameMatch? {
        for form in self {
            if let found = form.match(name) { return found }
        }
        return nil
    }

    func match(_ name: String) -> NameMatch? { match(name[...]) }
}
