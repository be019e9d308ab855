/// The folder that holds a folder for each cluster or, in a bucket, for each namespace.
struct ClustersFolder: Sendable {
    let store: any Store
    let layout: any Layout
    let root: LayoutRoot
    /// Whether a folder in it may be a namespace.
    let hasNamespaces: Bool

    /// What one of the folders in it turned out to be.
    private struct FoundClusters: Sendable {
        var clusters: [ClusterName] = []
        var ignored: [IgnoredName] = []
    }

    func listing() async throws -> ClusterListing {
        let top = try await folders(in: root.folder)
        var found = FoundClusters(ignored: top.ignored)
        if hasNamespaces, root.label == nil {
            for finding in try await store.traits.inParallel(top.names, { try await look(into: $0) }) {
                found.clusters += finding.clusters
                found.ignored += finding.ignored
            }
        } else {
            found.clusters = top.names.map { ClusterName($0, namespace: root.label) }
        }
        return ClusterListing(clusters: found.clusters, ignored: found.ignored)
    }

    /// One level down: a folder with backups is a cluster's, one with folders a namespace; it may be both.
    private func look(into name: String) async throws -> FoundClusters {
        let prefix = root.folder + name + "/"
        var page = try await store.list(ListRequest(prefix: prefix, delimiter: "/"))
        if page.next != nil {
            let range = (layout as? any SortedNames)?.pattern.groupRanges.first
            // Most backups' names are in one range, so that folders of other names stand behind them all.
            let rest = try await store.listAll(
                ListRequest(
                    prefix: prefix,
                    delimiter: "/",
                    start: range.map { .after(prefix + $0.through) } ?? .beginning
                )
            )
            page.prefixes += rest.prefixes.filter { !page.prefixes.contains($0) }
            if let range {
                // What comes before them may have filled the page.
                page.entries += try await store.list(
                    ListRequest(prefix: prefix, delimiter: "/", start: .after(prefix + range.after))
                ).entries
            } else {
                page.entries = rest.entries
            }
        }
        var finding = FoundClusters()
        let hasBackups = page.entries.contains { !layout.parse($0.key.afterBytes(of: prefix)).isIgnored }
        if hasBackups { finding.clusters.append(ClusterName(name)) }
        for folder in page.prefixes {
            let inner = String(folder.afterBytes(of: prefix).dropLast())
            if inner + "/" == layout.unfinishedFolder, hasBackups { continue }
            if let reason = layout.reasonAgainst(cluster: inner) {
                finding.ignored.append(IgnoredName(name: "\(name)/\(inner)", reason: reason))
            } else {
                finding.clusters.append(ClusterName(inner, namespace: name))
            }
        }
        if finding.clusters.isEmpty, finding.ignored.isEmpty {
            finding.ignored.append(IgnoredName(name: name, reason: "there is no backup in it"))
        }
        return finding
    }

    private func folders(in prefix: String) async throws -> (names: [String], ignored: [IgnoredName]) {
        let page = try await store.listAll(ListRequest(prefix: prefix, delimiter: "/"))
        var names: [String] = []
        var ignored = page.unusable
        for folder in page.prefixes {
            let name = String(folder.afterBytes(of: prefix).dropLast())
            if let reason = layout.reasonAgainst(cluster: name) {
                ignored.append(IgnoredName(name: name, reason: reason))
            } else {
                names.append(name)
            }
        }
        // A bucket's folder may have an empty object for itself, as consoles make it.
        ignored += page.entries.filter { $0.key != prefix }.map {
            IgnoredName(name: $0.key.afterBytes(of: prefix), reason: "it is a file where the clusters' folders are")
        }
        return (names, ignored)
    }
}
