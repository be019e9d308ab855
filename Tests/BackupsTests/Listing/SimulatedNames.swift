import Backups

/// The keys of a simulated server, in the order of their bytes.
protocol SimulatedNames: Sendable {
    var count: Int { get }
    func key(at index: Int) -> String
}

extension SimulatedNames {
    /// The place of the first key that does not come before a text.
    func index(of text: String) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if key(at: middle).precedesInBytes(text) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The place of the first key that comes after a text.
    func index(after text: String) -> Int {
        let index = index(of: text)
        return index < count && key(at: index).utf8.elementsEqual(text.utf8) ? index + 1 : index
    }
}

/// A few keys, written out.
struct KeyList: SimulatedNames {
    let keys: [String]

    init(_ keys: some Sequence<String>) {
        var sorted = keys.sorted { $0.precedesInBytes($1) }
        for index in sorted.indices.dropFirst().reversed()
        where sorted[index].utf8.elementsEqual(sorted[index - 1].utf8) {
            sorted.remove(at: index)
        }
        self.keys = sorted
    }

    var count: Int { keys.count }
    func key(at index: Int) -> String { keys[index] }
}

/// Very many backups: of each version, those of some revisions. Their keys are made when they are asked for.
struct BackupSeries: SimulatedNames {
    private let versions: [(versionText: String, revisions: [Int64], start: Int)]
    let count: Int

    /// - Parameter revisions: By spelling; each in rising order, none twice.
    init(_ revisions: [String: [Int64]]) {
        var versions: [(String, [Int64], Int)] = []
        var count = 0
        let versionTexts = revisions.keys.sorted { "\($0)_".precedesInBytes("\($1)_") }
        for (versionText, revisions) in versionTexts.map({ ($0, revisions[$0] ?? []) }) {
            versions.append((versionText, revisions, count))
            count += revisions.count
        }
        self.versions = versions
        self.count = count
    }

    func key(at index: Int) -> String {
        let version = versions.last { $0.start <= index } ?? versions[0]
        return backupKey(version.versionText, version.revisions[index - version.start])
    }

    /// The highest revisions of all, the highest last.
    func highest(_ count: Int) -> ArraySlice<Int64> {
        versions.flatMap { $0.revisions.suffix(count) }.sorted().suffix(count)
    }
}

/// `v1/foo/3.4.1_000000000000000f_etcd.backup`
func backupKey(_ versionText: String, _ revision: Int64, ending: String = "_etcd.backup") -> String {
    let digits = String(revision, radix: 16)
    return "v1/foo/\(versionText)_\(String(repeating: "0", count: 16 - digits.count))\(digits)\(ending)"
}
