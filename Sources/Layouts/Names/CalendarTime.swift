import FoundationEssentials

/// A day and a time of day as names have them, in the Gregorian calendar.
struct CalendarTime: Equatable {
    var year = 1970
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    /// How far its zone is ahead of UTC, in seconds.
    var offset = 0

    /// `nil` where there is no such day or time of day.
    var date: Date? {
        guard (1...12).contains(month), (1...dayCount).contains(day), hour < 24, minute < 60, second < 60 else {
            return nil
        }
        let seconds = (daysSince1970 * 24 + hour) * 3600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// How many days its month has.
    private var dayCount: Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private var daysSince1970: Int {
        // Years begin in March, so that a leap day is the last of its year.
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = month > 2 ? month - 3 : month + 9
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        return marchYear * 365 + leapDays + (marchMonth * 153 + 2) / 5 + day - 1 - 719_468
    }
}
