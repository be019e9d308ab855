/// Days of the Gregorian calendar as numbers: 1970-01-01 is 0.
package enum CivilDay {
    /// - Parameters:
    ///   - month: From 1 to 12.
    ///   - day: From 1 to `dayCount(year, month)`.
    package static func number(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        // Years from March on, so that a leap day is the last of its year.
        let year = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year * 365 + year.floorDivided(by: 4) - year.floorDivided(by: 100) + year.floorDivided(by: 400)
            + dayOfYear
            - 719_468
    }

    /// How many days a month has.
    package static func dayCount(_ year: Int64, _ month: Int64) -> Int64 {
        (month == 12 ? number(year + 1, 1, 1) : number(year, month + 1, 1)) - number(year, month, 1)
    }

    static func year(of day: Int64) -> Int64 {
        var year = 1970 + day.floorDivided(by: 366)
        while number(year + 1, 1, 1) <= day { year += 1 }
        while number(year, 1, 1) > day { year -= 1 }
        return year
    }
}

extension Int64 {
    func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    func floorRemainder(by divisor: Int64) -> Int64 { self - floorDivided(by: divisor) * divisor }
}
