import FoundationEssentials
import Text

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
        let (year, month, day) = (Int64(year), Int64(month), Int64(day))
        guard (1...12).contains(month), day >= 1, day <= CivilDay.dayCount(year, month), hour < 24, minute < 60,
            second < 60
        else { return nil }
        let seconds = hour * 3600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(CivilDay.number(year, month, day) * 86_400 + Int64(seconds)))
    }
}
