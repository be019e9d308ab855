/// The keys of a folder's backups whose names sort: `<folder><group><separator><number><ending>`.
struct BackupKeys: Sendable {
    /// What all keys begin with: empty, or ending in `/`.
    let folder: String
    let layout: any SortedNames
    private let pattern: NamePattern
    /// What follows the group of its first name, and what follows that of its last.
    private let (separator, pastSeparator): (String, String)

    /// - Parameter folder: What the keys of all backups begin with.
    init(layout: any SortedNames, folder: String) {
        self.layout = layout
        self.folder = folder
        pattern = layout.pattern
        separator = String(UnicodeScalar(pattern.separator))
        pastSeparator = String(UnicodeScalar(pattern.separator + 1))
    }

    /// All keys of the folder: `/` is followed by `0` in ASCII, so that none comes after the end. A key is UTF-8, in
    /// which no byte is 255.
    var all: KeyInterval {
        KeyInterval(after: "", through: folder.isEmpty ? "\u{10FFFF}" : folder.utf8.dropLast().text + "0")
    }

    /// The keys that a backup can have.
    var candidates: [KeyInterval] {
        pattern.groupRanges.map { KeyInterval(after: folder + $0.after, through: folder + $0.through) }
    }

    /// Where groups are likely to begin.
    var likelyGroups: [String] { pattern.likelyGroups.map { folder + $0 } }

    /// The character at which a listing is folded that shows all groups, and none of their names.
    var delimiter: String { separator }

    /// The group in a key that has one.
    func group(of key: String) -> String? {
        let name = key.utf8.dropFirst(folder.utf8.count)
        guard let end = name.firstIndex(of: pattern.separator), !name[..<end].contains(UInt8(ascii: "/")) else {
            return nil
        }
        return name[..<end].text
    }

    func number(of backup: Backup) -> Int64 { layout.number(of: backup) ?? -1 }

    /// The keys that begin with a group and the separator.
    func keys(of group: String) -> KeyInterval {
        KeyInterval(after: folder + group + separator, through: folder + group + pastSeparator)
    }

    /// What comes after all that is folded together with a key, be it at `/` or at the separator.
    func pastFolded(_ key: String) -> String {
        let name = key.utf8.dropFirst(folder.utf8.count)
        guard let sign = name.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == pattern.separator }) else {
            return key
        }
        return String(key[..<sign]) + (key.utf8[sign] == UInt8(ascii: "/") ? "0" : pastSeparator)
    }

    /// A text between the backups of lower numbers and that of this one.
    func start(of group: String, at number: Int64) -> String {
        folder + group + separator + digits(number)
    }

    /// The highest number whose backup, be there one or not, does not come after a key; -1 where all do.
    func highestNumber(of group: String, notAfter key: String) -> Int64 {
        let beginning = folder + group + separator
        guard key.utf8.starts(with: beginning.utf8) else {
            return key.precedesInBytes(beginning) ? -1 : .max
        }
        var rest = key.utf8.dropFirst(beginning.utf8.count)
        var value = WideNumber(radix: pattern.radix)
        for place in 0..<pattern.digitCount {
            let byte = rest.popFirst() ?? 0
            // The highest digit that is not above the byte. What is below all digits is below all that follows, too.
            guard let digit = digit(notAbove: byte) else {
                return value.followed(by: 0, count: pattern.digitCount - place).below
            }
            value = value.followed(by: digit.value, count: 1)
            guard digit.isExact else {
                return value.followed(by: pattern.radix - 1, count: pattern.digitCount - 1 - place).clamped
            }
        }
        return rest.lexicographicallyPrecedes(pattern.ending.utf8) ? value.below : value.clamped
    }

    private func digits(_ number: Int64) -> String {
        let digits = String(number, radix: Int(pattern.radix))
        return String(repeating: "0", count: max(0, pattern.digitCount - digits.count)) + digits
    }

    private func digit(notAbove byte: UInt8) -> (value: Int64, isExact: Bool)? {
        switch byte {
        case ..<UInt8(ascii: "0"): nil
        case ...UInt8(ascii: "9"): (Int64(byte - UInt8(ascii: "0")), true)
        case _ where pattern.radix == 10: (9, false)
        case ..<UInt8(ascii: "a"): (9, false)
        case ...UInt8(ascii: "f"): (Int64(byte - UInt8(ascii: "a")) + 10, true)
        default: (15, false)
        }
    }
}

/// A number of digits that may be beyond an Int64.
private struct WideNumber {
    let radix: Int64
    private var value: Int64 = 0
    private var isBeyond = false

    init(radix: Int64) {
        self.radix = radix
    }

    /// Nothing is above `Int64.max`.
    var clamped: Int64 { isBeyond ? .max : value }

    /// The number before it, -1 for 0.
    var below: Int64 { isBeyond ? .max : value - 1 }

    func followed(by digit: Int64, count: Int) -> WideNumber {
        var number = self
        for _ in 0..<count where !number.isBeyond {
            let (product, isOver) = number.value.multipliedReportingOverflow(by: radix)
            let (sum, isOverToo) = product.addingReportingOverflow(digit)
            number.isBeyond = isOver || isOverToo
            number.value = sum
        }
        return number
    }
}

extension Substring.UTF8View {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension BackupKeys {
    /// How densely the names stand that follow each other on a page up to its last, all of one group.
    func density(of page: ListPage) -> KeyDensity? {
        guard let last = page.entries.last?.key, let group = group(of: last) else { return nil }
        let beginning = keys(of: group).after
        let names = page.entries.reversed().prefix { $0.key.utf8.starts(with: beginning.utf8) }
        guard let first = names.last?.key, names.count > 1 else { return nil }
        let rise = highestNumber(of: group, notAfter: last) - max(highestNumber(of: group, notAfter: first), 0)
        let isBarren = names.allSatisfy { layout.parse($0.key.afterBytes(of: folder)).isIgnored }
        return KeyDensity(numbersPerName: Double(rise) / Double(names.count - 1), isBarren: isBarren)
    }

    /// A page without what lies deeper in the folder, or is folded elsewhere than at `/`.
    func withoutDeeperNames(_ page: ListPage) -> ListPage {
        var page = page
        page.entries.removeAll { $0.key.utf8.dropFirst(folder.utf8.count).contains(UInt8(ascii: "/")) }
        page.prefixes.removeAll {
            $0.utf8.dropFirst(folder.utf8.count).firstIndex(of: UInt8(ascii: "/"))
                != $0.utf8.index(before: $0.utf8.endIndex)
        }
        return page
    }
}

extension ParsedName {
    var isIgnored: Bool {
        if case .ignored = self { true } else { false }
    }
}
