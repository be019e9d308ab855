import Language
import Snapshot

/// How the keys of a file begin: up to the slash where they part.
struct KeyBeginnings {
    /// In the order of their bytes, without what all have in common.
    private(set) var texts: [String] = []
    /// Whether there are more.
    private(set) var hasMore = false
    /// The folders that all of them are in, from the outermost on.
    private var folders: [String] = []

    private static let maxCount = 200
    private static let slash = UInt8(ascii: "/")

    /// - Parameter prefix: What no key begins with: the folder in it is shown that keys are in.
    init(of keys: LiveKeys, near prefix: [UInt8]) {
        var (range, folder) = (0..<keys.count, [UInt8]())
        var rest = prefix[...]
        while let slash = rest.lastIndex(of: Self.slash) {
            let start = Array(prefix[...slash])
            let found = Self.range(of: start, in: keys, 0..<keys.count)
            if !found.isEmpty {
                (range, folder) = (found, start)
                break
            }
            rest = prefix[..<slash]
        }
        // One folder that all are in says little.
        while texts.count < 2, let found = Self.parts(in: keys, range, below: folder) {
            texts = found.map { KeyText.key($0) }
            hasMore = found.count == Self.maxCount
            guard found.count == 1, found[0].last == Self.slash, found[0].count > folder.count else { break }
            folder = found[0]
            folders += texts
        }
    }

    /// What the keys of a range begin with, up to the next slash.
    private static func parts(in keys: LiveKeys, _ range: Range<Int>, below folder: [UInt8]) -> [[UInt8]]? {
        var parts: [[UInt8]] = []
        var position = range.lowerBound
        while position < range.upperBound, parts.count < maxCount {
            let key = keys[position].key
            // A slash that begins a key is a part of its first folder.
            let end = key.indices.dropFirst(folder.count + 1).first { key[$0] == slash } ?? key.count - 1
            let part = Array(key.prefix(end + 1))
            parts.append(part)
            position = Self.range(of: part, in: keys, position..<range.upperBound).upperBound
        }
        return parts.isEmpty ? nil : parts
    }

    /// The keys that begin so, among keys in order.
    private static func range(of start: [UInt8], in keys: LiveKeys, _ range: Range<Int>) -> Range<Int> {
        func first(_ isBehind: ([UInt8]) -> Bool) -> Int {
            var (low, high) = (range.lowerBound, range.upperBound)
            while low < high {
                let middle = (low + high) / 2
                if isBehind(keys[middle].key) { high = middle } else { low = middle + 1 }
            }
            return low
        }
        let lower = first { !$0.lexicographicallyPrecedes(start) }
        let upper = first { !$0.lexicographicallyPrecedes(start) && !$0.starts(with: start) }
        return lower..<max(lower, upper)
    }

    /// The second half of a sentence: which was meant, or the first of them.
    func clause(near prefix: String) -> String? {
        if texts.isEmpty { return nil }
        if let meant = Suggestion.nearest(to: prefix, among: texts + folders) { return "did you mean \(meant)?" }
        let shown = texts.prefix(5).joined(separator: ", ")
        let rest = texts.count - 5
        let more = rest <= 0 ? "" : hasMore ? " and many more" : " and \(rest) more"
        return "the keys here begin with \(shown)\(more)"
    }
}
