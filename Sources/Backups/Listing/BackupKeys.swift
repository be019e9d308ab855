/// How the keys of a folder's backups are put together: `<folder><spelling>_<16 digits><ending>`.
///
/// A *spelling* is what stands before the first `_`. One version can have several (`3.1`, `v3.1`), and what is spelt so
/// lies together: sorted by their bytes, all backups of a spelling stand in the order of their revisions, and nothing
/// stands between the keys that begin with `<spelling>_` but such keys.
struct BackupKeys: Sendable {
    /// What all keys begin with; it ends in `/`.
    let folder: String
    private let layout: any Layout
    private let ending: String

    init(layout: any Layout, cluster: ClusterName) {
        self.layout = layout
        folder = layout.prefix(of: cluster)
        let version = EtcdVersion(major: 0, minor: 0)
        let name = Revision(0).map { layout.name(version: version, revision: $0) } ?? ""
        ending = name.afterBytes(of: "\(version)_" + Self.digits(0))
    }

    /// All keys of the folder: `/` is followed by `0` in ASCII, so that none comes after the end.
    var all: KeyInterval { KeyInterval(after: "", through: folder.utf8.dropLast().text + "0") }

    /// The keys that a backup can have: its spelling begins with a digit, or with `v` and a digit.
    var candidates: [KeyInterval] {
        [
            KeyInterval(after: folder + "0", through: folder + ":"),
            KeyInterval(after: folder + "v0", through: folder + "v:"),
        ]
    }

    /// The spelling in a key that has one.
    func versionText(of key: String) -> String? {
        let name = key.utf8.dropFirst(folder.utf8.count)
        guard let end = name.firstIndex(of: UInt8(ascii: "_")), !name[..<end].contains(UInt8(ascii: "/")) else {
            return nil
        }
        return name[..<end].text
    }

    /// The version that is spelt so; `nil` where none is.
    func version(of versionText: String) -> EtcdVersion? {
        guard case .backup(let version, _) = layout.parse("\(versionText)_\(Self.digits(0))\(ending)") else {
            return nil
        }
        return version
    }

    /// The keys that begin with a spelling and `_`, which a backtick follows in ASCII.
    func keys(of versionText: String) -> KeyInterval {
        KeyInterval(after: folder + versionText + "_", through: folder + versionText + "`")
    }

    /// A text between the backups of lower revisions and that of this one.
    func start(of versionText: String, at revision: Int64) -> String {
        folder + versionText + "_" + Self.digits(revision)
    }

    /// The highest revision whose backup, be there one or not, does not come after a key; -1 where all do.
    func highestRevision(of versionText: String, notAfter key: String) -> Int64 {
        let beginning = folder + versionText + "_"
        guard key.utf8.starts(with: beginning.utf8) else {
            return key.precedesInBytes(beginning) ? -1 : .max
        }
        var rest = key.utf8.dropFirst(beginning.utf8.count)
        var value: UInt64 = 0
        for place in 0..<16 {
            let byte = rest.popFirst() ?? 0
            // The highest digit that is not above the byte. What is below all digits is below all that follows, too.
            guard let digit = Self.digit(notAbove: byte) else { return Self.below(value << (4 * (16 - place))) }
            value = value << 4 | digit.value
            guard digit.isExact else {
                let open = UInt64(4 * (15 - place))
                return Int64(clamping: value << open | ((1 << open) - 1))
            }
        }
        return rest.lexicographicallyPrecedes(ending.utf8) ? Self.below(value) : Int64(clamping: value)
    }

    private static func digits(_ revision: Int64) -> String {
        let digits = String(revision, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func digit(notAbove byte: UInt8) -> (value: UInt64, isExact: Bool)? {
        switch byte {
        case ..<UInt8(ascii: "0"): nil
        case ...UInt8(ascii: "9"): (UInt64(byte - UInt8(ascii: "0")), true)
        case ..<UInt8(ascii: "a"): (9, false)
        case ...UInt8(ascii: "f"): (UInt64(byte - UInt8(ascii: "a")) + 10, true)
        default: (15, false)
        }
    }

    private static func below(_ value: UInt64) -> Int64 { value == 0 ? -1 : Int64(clamping: value - 1) }
}

extension Substring.UTF8View {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension BackupKeys {
    /// How densely the names stand that follow each other on a page up to its last, all of one spelling.
    func density(of page: ListPage) -> KeyDensity? {
        guard let last = page.entries.last?.key, let versionText = versionText(of: last) else { return nil }
        let beginning = keys(of: versionText).after
        let names = page.entries.reversed().prefix { $0.key.utf8.starts(with: beginning.utf8) }
        guard let first = names.last?.key, names.count > 1 else { return nil }
        let rise =
            highestRevision(of: versionText, notAfter: last) - max(highestRevision(of: versionText, notAfter: first), 0)
        let isBarren = names.allSatisfy { layout.parse($0.key.afterBytes(of: folder)).isIgnored }
        return KeyDensity(revisionsPerName: Double(rise) / Double(names.count - 1), isBarren: isBarren)
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
    fileprivate var isIgnored: Bool {
        if case .ignored = self { true } else { false }
    }
}
