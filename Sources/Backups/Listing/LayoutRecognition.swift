import Text

/// Finds out how a place is laid out: by the names in it and, where these show nothing, by those in its folders.
struct LayoutRecognition: Sendable {
    let choice: LayoutChoice
    let store: any Store

    /// How many names a page has that is looked at in a remote store.
    static let pageNameCount = 1000
    /// How many pages are looked at of one folder.
    static let maxPageCount = 10
    /// How many folders of a place are looked into.
    static let maxFolderCount = 40
    /// How many requests are made, after the first pages.
    static let maxRequestCount = 50
    /// In how many folders the landmarks are asked for that their names leave open.
    private static let fullLookCount = 3

    /// A layout that was found in a folder.
    struct Finding: Sendable {
        var layout: any Layout
        var match: LayoutMatch
        /// What the keys of the folder begin with that was looked at.
        var folder: String
        /// The names of the folders that lead to it, and its own.
        var path: [String]
    }

    /// - Parameters:
    ///   - folder: What the keys in it begin with: empty, or ending in `/`.
    ///   - path: The names of the folders that lead to it and its own, as far as they are known.
    ///   - looksIntoFolders: Whether all folders in it are looked into, where its own names show nothing.
    /// - Throws: `LayoutError.ambiguous`, `.several`, `.nothing`, and what the store throws.
    func place(in folder: String, path: [String], looksIntoFolders: Bool) async throws -> PlacedLayout {
        var looks = FolderLooks(choice, in: store)
        let view = try await looks.view(of: folder, path: path, maxPageCount: Self.maxPageCount)
        let own = try choice.match(view).map {
            Finding(layout: $0.layout, match: $0.match, folder: folder, path: path)
        }
        if let own, own.match.certainty > .fallback || choice.isNamed {
            var place = placed(own)
            place.otherLayout = choice.otherLayout(than: own.layout, in: view)
            return place
        }
        if let layout = try await layoutOfLikelyFolders(in: view, folder, &looks) {
            return PlacedLayout(layout, folder: folder)
        }
        let inner = looksIntoFolders ? try await lookIntoFolders(of: view, folder, &looks) : InnerFindings()
        let sure = inner.findings.filter { $0.match.certainty > .fallback }
        if let place = try placed(sure, inner, in: folder) { return place }
        if let own { return placed(own) }
        if let place = try placed(inner.findings, inner, in: folder) { return place }
        var nothing = LayoutError.Nothing(names: Array((view.folders.map { $0 + "/" } + view.files).prefix(5)))
        if let clue = try await clue(in: view, folder, lookedIntoCount: inner.lookedIntoCount, &looks) {
            nothing.explanation = clue.sentence
            if clue.layout.isWithoutSnapshots {
                nothing.nextStep = "how these are used: \(.learnAboutRecovery(layout: clue.layout.name))"
            }
        }
        throw LayoutError.nothing(nothing)
    }

    // MARK: - Where nothing is found

    /// What is known of a place without backups.
    private struct Clue {
        var layout: any Layout
        var sentence: String
    }

    /// How many folders deep it is looked for what is known of a place, and into how many.
    private static let (maxClueDepth, maxClueFolderCount) = (4, 12)

    /// What the names in a place show or, where these show nothing, those in a few of the folders below: where backups
    /// lie or, where none are seen, what else is there.
    ///
    /// - Parameter lookedIntoCount: How many folders were looked into before: all requests together are bounded.
    private func clue(
        in view: FolderView,
        _ folder: String,
        lookedIntoCount: Int,
        _ looks: inout FolderLooks
    ) async throws -> Clue? {
        if let predicate = explanation(of: view) {
            return Clue(layout: predicate.layout, sentence: "it \(predicate.text)")
        }
        var foreign: Clue?
        var waiting = [(view: view, below: "", depth: 0)][...]
        var lookCount = 0
        while let (view, below, depth) = waiting.popFirst() {
            guard depth < Self.maxClueDepth else { continue }
            for name in view.folders.prefix(Self.maxClueFolderCount) where !name.isEmpty && name.printable == name {
                guard lookCount < Self.maxClueFolderCount,
                    looks.requestCount + lookedIntoCount < Self.maxRequestCount
                else { break }
                lookCount += 1
                let inner = below + name + "/"
                let innerView: FolderView
                do {
                    innerView = try await looks.view(of: folder + inner, path: view.path + [name], maxPageCount: 1)
                } catch let error as StoreError where !error.isInterruption {
                    continue
                }
                // What lies one folder deep is looked for by itself.
                if depth > 0, let match = try? choice.match(innerView), match.match.certainty > .fallback {
                    let sentence = "backups of the layout \(match.layout.name) lie deeper, in \(inner)"
                    return Clue(layout: match.layout, sentence: sentence)
                }
                if foreign == nil, let predicate = explanation(of: innerView) {
                    foreign = Clue(layout: predicate.layout, sentence: "\(inner) \(predicate.text)")
                }
                waiting.append((innerView, inner, depth + 1))
            }
        }
        return foreign
    }

    /// What a folder is that holds no backups, as a sentence without its subject.
    private func explanation(of view: FolderView) -> (layout: any Layout, text: String)? {
        for layout in choice.layouts {
            if let text = layout.explanation(of: view) { return (layout, text) }
        }
        return nil
    }

    // MARK: - Looking

    /// The layout that the names of folders suggest, if what is in one of them confirms it.
    private func layoutOfLikelyFolders(
        in view: FolderView,
        _ folder: String,
        _ looks: inout FolderLooks
    ) async throws -> (any Layout)? {
        for layout in choice.layouts {
            let names = layout.likelyFolders(in: view)
            // The newest may be unfinished, and the oldest emptied.
            for name in Set([names.first, names.last].compactMap(\.self)).sorted(by: { $0.precedesInBytes($1) }) {
                let found = try await finding(in: folder + name + "/", path: view.path + [name], known: [], &looks)
                if let found, found.layout.name == layout.name, found.match.certainty > .fallback { return layout }
            }
        }
        return nil
    }

    /// What was found in the folders of a place.
    private struct InnerFindings {
        var findings: [Finding] = []
        var lookedIntoCount = 0
        /// The folders that were not looked into because there are too many: their names, and what keys in them begin
        /// with.
        var rest: [(name: String, folder: String)] = []
        /// Those whose names can't be shown.
        var unprintable: [String] = []
        /// Those that were looked into in vain.
        var unrecognised: [String] = []
    }

    private func lookIntoFolders(
        of view: FolderView,
        _ folder: String,
        _ looks: inout FolderLooks
    ) async throws -> InnerFindings {
        var folders = view.folders.map { (name: $0, folder: folder + $0 + "/") }
        // A script's keys may begin with `/`: what is meant is in the folders below that.
        if let index = folders.firstIndex(where: \.name.isEmpty) {
            let empty = folders.remove(at: index).folder
            let below = try await looks.view(of: empty, path: view.path, maxPageCount: 1)
            folders += below.folders.filter { !$0.isEmpty }.map { (name: $0, folder: empty + $0 + "/") }
        }
        var found = InnerFindings()
        // A cluster may be called as its folder.
        found.unprintable = folders.map(\.name).filter { $0.printable != $0 }
        folders.removeAll { $0.name.printable != $0.name }
        // What the first ones show is taken as known of all.
        var known: Set<String> = []
        for (name, folder) in folders.prefix(Self.fullLookCount) {
            let finding = try await finding(in: folder, path: view.path + [name], known: nil, &looks)
            if let finding, !finding.match.folder.isEmpty { known.formUnion(finding.layout.landmarks) }
            if let finding { found.findings.append(finding) }
        }
        let others = folders.dropFirst(Self.fullLookCount)
        let count = min(Self.maxFolderCount - Self.fullLookCount, Self.maxRequestCount - looks.requestCount)
        let landmarks = known
        found.findings += try await store.traits.inParallel(Array(others.prefix(max(0, count)))) { name, folder in
            var looks = FolderLooks(choice, in: store)
            return try await finding(in: folder, path: view.path + [name], known: landmarks, &looks)
        }.compactMap(\.self)
        found.rest = Array(others.dropFirst(max(0, count)))
        let recognised = Set(found.findings.map { ByteText($0.folder) })
        found.unrecognised = folders.dropLast(found.rest.count)
            .filter { !recognised.contains(ByteText($0.folder)) }.map(\.name)
        found.lookedIntoCount = folders.count - found.rest.count
        return found
    }

    private func finding(
        in folder: String,
        path: [String],
        known: Set<String>?,
        _ looks: inout FolderLooks
    ) async throws -> Finding? {
        do {
            let view = try await looks.view(of: folder, path: path, maxPageCount: 1, known: known)
            return try choice.match(view).map {
                Finding(layout: $0.layout, match: $0.match, folder: folder, path: path)
            }
        } catch let error as StoreError where !error.isInterruption {
            // A folder that this user may not read says nothing of the others.
            return nil
        }
    }

    // MARK: - Deciding

    private func placed(_ finding: Finding, label: String? = nil) -> PlacedLayout {
        PlacedLayout(finding.layout, roots: [root(of: finding, label: label)], isGuess: choice.isGuess(finding.match))
    }

    private func root(of finding: Finding, label: String? = nil) -> LayoutRoot {
        let name = finding.path.last ?? ""
        let folder = finding.folder + finding.match.folder
        let owner = label.map { ClusterName($0) }
        guard finding.layout.hasClusterFolders else {
            return LayoutRoot(
                folder: folder,
                content: .backups(of: owner),
                label: label,
                pathPrefix: finding.match.isInsideBackupFolder ? name + "/" : ""
            )
        }
        if finding.match.isInsideBackupFolder {
            return LayoutRoot(folder: folder, content: .backups(of: ClusterName(name)), label: name)
        }
        let hasNamespaces = finding.layout.mayHaveNamespaces && store.traits != .local
        return LayoutRoot(folder: folder, content: .clusters(hasNamespaces: hasNamespaces), label: label)
    }

    /// The layout that the folders of a place have; `nil` where they have none.
    private func placed(
        _ findings: [Finding],
        _ all: InnerFindings,
        in folder: String
    ) throws(LayoutError) -> PlacedLayout? {
        guard let first = findings.first else { return nil }
        let layout = first.layout
        if findings.contains(where: { $0.layout.name != layout.name }) {
            throw .several(findings.map { LayoutError.Place(layout: $0.layout.name, folder: $0.path.last ?? "") })
        }
        let isGuess = choice.isGuess(first.match)
        // They are folders of one place, with a backup or some in each.
        if findings.allSatisfy({ layout.holdsBackups($0.path.last ?? "") }) {
            let root = LayoutRoot(folder: folder, content: .backups(of: nil))
            return PlacedLayout(layout, roots: [root], isGuess: isGuess)
        }
        // Where most have this layout, the rest is taken to have it, too.
        let isCommon = findings.count * 2 > all.lookedIntoCount
        var place =
            findings.count == 1 && (all.rest.isEmpty || !isCommon)
            ? placed(first, label: isGuess ? nil : layout.cluster(ofFolder: first.path.last ?? ""))
            : PlacedLayout(layout, roots: findings.map { root(of: $0, label: $0.path.last) }, isGuess: isGuess)
        if isCommon {
            place.roots += all.rest.map { rest in
                var one = first
                one.folder = rest.folder
                one.path = first.path.dropLast() + [rest.name]
                var root = root(of: one, label: rest.name)
                root.isAssumed = true
                return root
            }
        } else {
            let reason = "it was not looked into: too many folders are here"
            place.unseenFolders = all.rest.map { IgnoredName(name: $0.name, reason: reason) }
        }
        let reason = "it was not looked into: its name has characters that can't be shown"
        place.unseenFolders += all.unprintable.map { IgnoredName(name: $0, reason: reason) }
        let vain = "no layout was recognised in it: to look deeper, name it"
        place.unseenFolders += all.unrecognised.map { IgnoredName(name: $0 + "/", reason: vain) }
        return place
    }
}

extension Layout {
    /// The cluster that the one folder with backups in a place is named after; `nil` where names say clusters, or where
    /// such folders are called so on every machine.
    fileprivate func cluster(ofFolder name: String) -> String? {
        guard clusterNaming == .none else { return nil }
        let usualNames = (usualFolders + [topFolder]).compactMap { PathParts.names(in: $0).last }
        return usualNames.contains { $0.hasSameBytes(as: name) } ? nil : name
    }
}
