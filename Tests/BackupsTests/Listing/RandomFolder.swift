import Layouts
import TestSupport
import Text

@testable import Backups

/// A random set of names in a cluster's folder, with a server that may be odd, and what is right to say of it.
struct RandomFolder {
    let keys: KeyList
    let habits: SimulatedStore.Habits
    let count: Int
    /// The versions asked for.
    let isAccepted: @Sendable (EtcdVersion?) -> Bool

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let size = seed.isMultiple(of: 50) ? 300 : [3, 10, 25, 50].randomElement(using: &generator) ?? 3
        let versionTexts = Self.versionTexts.shuffled(using: &generator)
            .prefix(Int.random(in: 1...Self.versionTexts.count, using: &generator))
        let highest = Self.spans.randomElement(using: &generator) ?? 100
        let junk = Double.random(in: 0...1, using: &generator) * (Bool.random(using: &generator) ? 1 : 0)
        var keys: [String] = []
        for _ in 0..<Int.random(in: 0...size, using: &generator) {
            let versionText = versionTexts.randomElement(using: &generator) ?? "3.1.0"
            let base = Bool.random(using: &generator) ? 0 : highest / 2
            let revision = Int64.random(in: base...highest, using: &generator)
            keys.append(backupKey(versionText, revision))
            if Double.random(in: 0...1, using: &generator) < junk {
                keys.append(Self.junk(beside: versionText, revision, using: &generator))
            }
        }
        self.keys = KeyList(keys + ["v1/fo/3.1.0_x", "v1/foo0", "v1/fooo/3.9.9_0000000000000fff_etcd.backup"])
        var habits = SimulatedStore.Habits()
        habits.pageLimit = [1000, 1000, 1, 2, 3, 7, 20, 50].randomElement(using: &generator) ?? 1000
        habits.delimiters = SimulatedStore.Delimiters.allCases.randomElement(using: &generator) ?? .all
        habits.tellsFoldersFirst = Int.random(in: 0..<4, using: &generator) == 0
        habits.showsGroupAtStart = Bool.random(using: &generator)
        habits.ignoresStartAfter = Int.random(in: 0..<12, using: &generator) == 0
        habits.isUnsorted = Int.random(in: 0..<12, using: &generator) == 0
        // On a page of few names, chance may bring about order.
        if habits.isUnsorted { habits.pageLimit = max(habits.pageLimit, 20) }
        self.habits = habits
        count = [1, 1, 1, 2, 3, 10, 50, 1000].randomElement(using: &generator) ?? 1
        let parity = Int.random(in: 0...4, using: &generator)
        isAccepted = { version in parity > 1 || version.map { ($0.minor + ($0.patch ?? 0)) % 2 == parity } == true }
    }

    private static let versionTexts = [
        "3.1", "3.1.0", "v3.1.0", "3.4.1", "3.4.10", "3.4.9", "3.5.0-rc.1", "3.5.0", "3.5.0+git", "2.3.7", "10.0.0",
        "v4.0",
    ]
    private static let spans: [Int64] = [0, 1, 40, 1000, 1_000_000, 1 << 40, 1 << 62, .max]

    private static func junk(beside versionText: String, _ revision: Int64, using generator: inout SeededGenerator)
        -> String
    {
        let near = String(backupKey(versionText, revision, ending: ""))
        let number = Int.random(in: 0...99, using: &generator)
        let names = [
            near + "_etcd.backup.part", near + ".part\(number)", near + "_etcd.backua", near + "0_etcd.backup",
            String(near.dropLast()) + "_etcd.backup", near.uppercased().replacing("V1/FOO", with: "v1/foo") + "_ETCD",
            "v1/foo/!\(number)", "v1/foo/#", "v1/foo/~\(number)", "v1/foo/", "v1/foo/\(versionText)",
            "v1/foo/\(versionText)_",
            "v1/foo/\(versionText)_zzz\(number)", "v1/foo/\(versionText)_ffffffffffffffff_etcd.backup",
            "v1/foo/\(versionText)_000000000000000A_etcd.backup", "v1/foo/\(versionText)zzz\(number)",
            "v1/foo/\(versionText)_8\(number)/x", "v1/foo/tmp/\(number)", "v1/foo/bar/3.1.0_\(number)",
            "v1/foo/3/4.1_\(number)", "v1/foo/cafe\u{301}", "v1/foo/caf\u{e9}", "v1/foo/3.4\u{e9}_\(number)",
            "v1/foo/\(number)", "v1/foo/v\(number)", "v1/foo//\(number)", "v1/foo/9_\(number)_a_b",
        ]
        return names.randomElement(using: &generator) ?? near
    }

    // MARK: - What is right

    private var layout: OperatorLayout { OperatorLayout() }

    /// The backups' names, from lowest to highest.
    var backups: [(name: String, version: EtcdVersion, revision: Revision)] {
        names.compactMap { name in
            guard case .backup(let parsed) = layout.parse(name), let version = parsed.version,
                let revision = parsed.revision
            else { return nil }
            return (name, version, revision)
        }.sorted { a, b in
            if a.revision != b.revision { return a.revision < b.revision }
            if a.version < b.version || b.version < a.version { return a.version < b.version }
            return a.name.precedesInBytes(b.name)
        }
    }

    /// All names that are no backups, with what is unfinished.
    var ignored: [String] {
        var seen: Set<ByteText> = []
        return names.compactMap { name in
            if case .backup = layout.parse(name) { return nil }
            guard let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) else { return name }
            let folder = String(name[...slash])
            let shown = folder == "tmp/" ? name : folder
            return seen.insert(ByteText(shown)).inserted ? shown : nil
        }
    }

    private var names: [String] {
        keys.keys.filter { $0.utf8.starts(with: "v1/foo/".utf8) }.map { $0.afterBytes(of: "v1/foo/") }
    }

    /// The names of the backups that a search for the newest has to find.
    var newest: [String] {
        let accepted = backups.filter { isAccepted($0.version) }
        guard accepted.count > count else { return accepted.map(\.name) }
        let lowest = accepted[accepted.count - count].revision
        return accepted.filter { $0.revision >= lowest }.map(\.name)
    }
}
