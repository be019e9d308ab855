/// A layout whose names sort: within a group of names, by a number that all of them have.
///
/// With it the newest of a million backups is found in a few pages of a listing (`NewestSearch`), and long listings are
/// read by several requests at once (`ParallelReading`).
public protocol SortedNames: Layout {
    var pattern: NamePattern { get }

    /// What a group is; `nil` where no backup's name begins so.
    func group(_ text: String) -> NameGroup?

    /// The number in a backup's name.
    func number(of backup: Backup) -> Int64?
}

/// How names are put together that sort: `<group><separator><number><ending>`.
///
/// Sorted by their bytes, all backups of a group stand in the order of their numbers, and nothing stands between the
/// names that begin with `<group><separator>` but such names.
public struct NamePattern: Sendable, Hashable {
    /// One ASCII character that no group holds.
    public var separator: UInt8
    /// 10 or 16, with lower-case digits.
    public var radix: Int64
    /// How many digits each number has, zeros in front.
    public var digitCount: Int
    public var ending: String
    /// Where groups are, in the order of bytes: each is all that comes after its first text, up to its second.
    public var groupRanges: [GroupRange]
    /// Texts that groups are likely to begin with: a guess, to look at several places at once.
    public var likelyGroups: [String]

    /// Names after one text, up to and including another.
    public struct GroupRange: Sendable, Hashable {
        public var after: String
        public var through: String

        public init(after: String, through: String) {
            self.after = after
            self.through = through
        }
    }

    public init(
        separator: UInt8,
        radix: Int64,
        digitCount: Int,
        ending: String,
        groupRanges: [GroupRange],
        likelyGroups: [String] = []
    ) {
        self.separator = separator
        self.radix = radix
        self.digitCount = digitCount
        self.ending = ending
        self.groupRanges = groupRanges
        self.likelyGroups = likelyGroups
    }
}

/// What the names of a group have in common.
public struct NameGroup: Sendable, Hashable {
    /// The etcd version that wrote them; `nil` where names don't say it.
    public var version: EtcdVersion?

    public init(version: EtcdVersion?) {
        self.version = version
    }
}
