package import Backups
import FoundationEssentials
import Testing

/// A layout with names and a folder of its own, and what is checked of it.
///
/// A new layout joins by one line in the list of kinds that a test target hands to `LayoutRule.cases(of:)`.
package struct LayoutUnderTest: Sendable {
    /// Names of backups, with what each says.
    package var backups: [(name: String, says: ParsedBackup)]
    /// Names of files that are no backups of this layout, though they look alike.
    package var others: [String]
    /// A folder that is laid out so.
    package var folder: FolderView
    /// Whether nothing in it can ever be a backup.
    package var holdsNoBackups = false

    package let layout: any Layout

    package init(
        _ layout: any Layout,
        backups: [(name: String, says: ParsedBackup)],
        others: [String],
        folder: FolderView,
        holdsNoBackups: Bool = false
    ) {
        self.holdsNoBackups = holdsNoBackups
        self.layout = layout
        self.backups = backups
        self.others = others
        self.folder = folder
    }

    func hasANameToBeTyped() {
        #expect(!layout.name.isEmpty && !layout.summary.isEmpty)
        #expect(
            layout.name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
            }
        )
    }

    func readsNamesAndWritesThem() throws {
        #expect(!backups.isEmpty || holdsNoBackups)
        for (name, says) in backups {
            #expect(layout.parse(name) == .backup(says), "\(name)")
            guard let written = layout.name(of: says) else { continue }
            #expect(layout.parse(written) == .backup(says), "\(name), written \(written)")
        }
    }

    /// Whatever is sorted by revision has one.
    func saysTheRevisionsThatItSortsBy() {
        guard layout.order == .byRevision else { return }
        for (name, _) in backups {
            guard case .backup(let says) = layout.parse(name) else { continue }
            #expect(says.revision != nil, "\(name)")
        }
    }

    func ignoresOthersWithAReason() {
        for name in others + [".", "..", "README", "a/b"] {
            guard case .ignored(let reason, _) = layout.parse(name) else {
                Issue.record("'\(name)' is read as a backup")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    /// A name becomes a file's, and is shown.
    func isHardenedAgainstHostileNames() {
        for (name, _) in backups {
            let hostile = [
                "../" + name, "/" + name, "x/" + name, name + "/", name + "\n", name + "\u{1B}[31m", "\u{1B}" + name,
                name + "\0", "\u{202E}" + name, name + ".part", "." + name,
            ]
            for name in hostile {
                guard case .backup = layout.parse(name) else { continue }
                Issue.record("a hostile name is read as a backup: \(name.debugDescription)")
            }
        }
        for cluster in ["", ".", "..", "a/b", "/", "a\nb", "a\u{1B}b", "a\u{202E}b"] {
            #expect(layout.reasonAgainst(cluster: cluster) != nil, "\(cluster.debugDescription)")
        }
    }

    func recognisesItsFolderOnly() {
        #expect((layout.match(folder) == nil) == holdsNoBackups)
        if holdsNoBackups { #expect(layout.explanation(of: folder) != nil) }
        let nothing = FolderView(files: ["README", "a.txt"])
        #expect(layout.explanation(of: nothing) == nil)
        #expect(layout.match(nothing) == nil && layout.match(FolderView(path: ["backups"])) == nil)
        let below = layout.match(folder)?.folder ?? ""
        #expect(below.isEmpty || below.hasSuffix("/") && !below.hasPrefix("/") && !below.contains(".."))
        for landmark in layout.landmarks { #expect(landmark.contains("/") && !landmark.hasPrefix("/")) }
        if let unfinished = layout.unfinishedFolder { #expect(unfinished.hasSuffix("/")) }
    }

    /// Of a layout whose names sort, the order of bytes within a group is that of the numbers.
    func sortsAsItSays() throws {
        guard let layout = layout as? any SortedNames else { return }
        let pattern = layout.pattern
        var groups: [String: [(name: String, number: Int64)]] = [:]
        for (name, says) in backups {
            let group = String(name.prefix { $0.asciiValue != pattern.separator })
            #expect(layout.group(group) != nil, "\(name)")
            #expect(layout.group(group)?.version == says.version)
            let isInARange = pattern.groupRanges.contains {
                $0.after.utf8.lexicographicallyPrecedes(name.utf8)
                    && !$0.through.utf8.lexicographicallyPrecedes(name.utf8)
            }
            #expect(isInARange && name.hasSuffix(pattern.ending), "\(name)")
            let entry = StoreEntry(key: name, byteCount: 1, modified: Date(timeIntervalSince1970: 0), etag: "")
            let backup = Backup(name: name, cluster: nil, version: says.version, revision: says.revision, entry: entry)
            groups[group, default: []].append((name, try #require(layout.number(of: backup))))
        }
        for names in groups.values {
            let byBytes = names.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            let byNumber = names.sorted { $0.number < $1.number }
            #expect(byBytes.map(\.name) == byNumber.map(\.name))
        }
        #expect(groups.values.contains { $0.count > 2 }, "no group has names to be sorted")
    }
}
