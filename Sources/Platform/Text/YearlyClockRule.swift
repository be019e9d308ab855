/// When clocks are set in each year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyClockRule: Sendable {
    private var standard: Int64
    /// `nil` where the clocks are never set.
    fileprivate var summer: (offset: Int64, start: Day, end: Day)?

    fileprivate struct Day: Sendable {
        var form: Form
        /// Seconds after midnight; from before it to a week later.
        var time: Int64

        enum Form: Sendable {
            /// The last one is week 5; Sunday is day 0.
            case weekday(month: Int64, week: Int64, day: Int64)
            /// From 0; February 29 counts or, where it does not, is never meant.
            case dayOfYear(Int64, countsLeapDay: Bool)
        }
    }

    init?(_ text: String) {
        var text = text[...]
        guard Self.skipName(&text), let offset = Self.seconds(&text) else { return nil }
        standard = -offset
        if text.isEmpty { return }
        guard Self.skipName(&text) else { return nil }
        let summerOffset = Self.seconds(&text).map { -$0 } ?? standard + 3600
        guard let start = Self.day(&text), let end = Self.day(&text), text.isEmpty else { return nil }
        summer = (summerOffset, start, end)
    }

    func offset(at time: Int64) -> Int64 {
        guard let summer else { return standard }
        let year = CivilDay.year(of: (time + standard).floorDivided(by: 86_400))
        let start = summer.start.time(in: year) - standard
        let end = summer.end.time(in: year) - summer.offset
        let isSummer = start < end ? (start..<end).contains(time) : !(end..<start).contains(time)
        return isSummer ? summer.offset : standard
    }

    // MARK: - Its text

    /// `CET`, `<+03>`.
    private static func skipName(_ text: inout Substring) -> Bool {
        let start = text.startIndex
        if text.first == "<" {
            text = text.drop { $0 != ">" }.dropFirst()
        } else {
            text = text.drop(while: \.isLetter)
        }
        return text.startIndex > start
    }

    /// `-1`, `3:30`; `nil` where no number is there.
    private static func seconds(_ text: inout Substring) -> Int64? {
        let isNegative = text.first == "-"
        if text.first == "-" || text.first == "+" { text = text.dropFirst() }
        guard var total = number(&text).map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] as [Int64] where text.first == ":" {
            text = text.dropFirst()
            guard let part = number(&text) else { return nil }
            total += part * unit
        }
        return isNegative ? -total : total
    }

    private static func number(_ text: inout Substring) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let value = Int64(digits), value < 1000 else { return nil }
        text = text[digits.endIndex...]
        return value
    }

    /// `,M3.5.0`, `,J60/3`, `,59`.
    private static func day(_ text: inout Substring) -> Day? {
        guard text.first == "," else { return nil }
        text = text.dropFirst()
        let form: Day.Form
        switch text.first {
        case "M":
            var numbers: [Int64] = []
            repeat {
                text = text.dropFirst()
                guard let number = number(&text) else { return nil }
                numbers.append(number)
            } while text.first == "."
            guard numbers.count == 3, (1...12).contains(numbers[0]) else { return nil }
            form = .weekday(month: numbers[0], week: numbers[1], day: numbers[2])
        case "J":
            text = text.dropFirst()
            guard let number = number(&text) else { return nil }
            form = .dayOfYear(number - 1, countsLeapDay: false)
        default:
            guard let number = number(&text) else { return nil }
            form = .dayOfYear(number, countsLeapDay: true)
        }
        if text.first != "/" { return Day(form: form, time: 7200) }
        text = text.dropFirst()
        return seconds(&text).map { Day(form: form, time: $0) }
    }
}

extension YearlyClockRule.Day {
    /// By the clocks as they are before.
    fileprivate func time(in year: Int64) -> Int64 {
        let day: Int64
        switch form {
        case .weekday(let month, let week, let weekday):
            let first = CivilDay.number(year, month, 1)
            let next = month == 12 ? CivilDay.number(year + 1, 1, 1) : CivilDay.number(year, month + 1, 1)
            // 1970 began on a Thursday.
            let firstWeekday = (first + 4).floorRemainder(by: 7)
            var found = first + (weekday - firstWeekday).floorRemainder(by: 7) + (week - 1) * 7
            while found >= next { found -= 7 }
            day = found
        case .dayOfYear(let number, let countsLeapDay):
            let first = CivilDay.number(year, 1, 1)
            let isLeapYear = CivilDay.number(year + 1, 1, 1) - first == 366
            day = first + number + (!countsLeapDay && isLeapYear && number >= 59 ? 1 : 0)
        }
        return day * 86_400 + time
    }
}
