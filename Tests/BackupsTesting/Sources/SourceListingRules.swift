import Backups
import Testing

extension SourceRule {
    static let foo = ClusterName("foo")

    static let listing = [
        SourceRule("says where it is, and what the prompt calls it") { source, _ in
            #expect(!source.location.isEmpty)
            #expect(!source.shortName.isEmpty && !source.shortName.contains(" "))
        },
        SourceRule("lists its clusters by name", needs: .usual) { source, _ in
            let clusters = try await source.clusters().clusters
            #expect(clusters.map(\.name) == ["bar", "foo"] && source.namesClusters)
        },
        SourceRule("names no cluster, and needs none", excludes: .namesBackups) { source, _ in
            let clusters = try await source.clusters().clusters
            #expect(clusters.isEmpty && !source.namesClusters && !source.needsCluster)
        },
        SourceRule("gives what it has whichever cluster is asked for", excludes: .namesBackups) { source, kind in
            for name in ["foo", "..", "", "/", "foo/../bar"] {
                let listing = try await source.backups(of: ClusterName(name))
                #expect(listing.backups.map(\.name) == (try kind.listedSamples().map(\.freeName)), "'\(name)'")
                let hasIt = try await source.has(ClusterName(name))
                #expect(!hasIt, "'\(name)'")
            }
        },
        SourceRule("has nothing where there is no backup", needs: .lists, given: []) { source, _ in
            let clusters = try await source.clusters().clusters
            let backups = try await source.backups(of: foo).backups
            #expect(clusters.isEmpty && backups.isEmpty)
        },
        SourceRule("lists a cluster's backups from the oldest to the newest, not by name", needs: .lists) {
            source,
            kind in
            let listing = try await source.backups(of: foo)
            let given = try kind.listedSamples()
            #expect(listing.backups.count == given.count)
            for (backup, given) in zip(listing.backups, given) {
                #expect(try kind.isBackup(backup, given), "\(backup.name)")
                #expect(!backup.name.contains("/"))
            }
            #expect(listing.ignored.isEmpty && listing.isComplete)
            #expect(listing.order == (kind.abilities.contains(.namesBackups) ? .byRevision : .byTime))
        },
        SourceRule("has no backup of a cluster that is not there", needs: .usual) { source, _ in
            for name in ["fo", "foo/", "..", ".", "", "foo/../bar", "/"] {
                let backups = try await source.backups(of: ClusterName(name)).backups
                #expect(backups.isEmpty, "'\(name)'")
                let hasIt = try await source.has(ClusterName(name))
                #expect(!hasIt, "'\(name)'")
            }
        },
        SourceRule("counts a cluster's backups, and knows the newest") { source, kind in
            let summary = try await source.summary(of: foo)
            let given = try kind.listedSamples()
            #expect(summary.backupCount == given.count)
            let newest = try #require(summary.newest)
            #expect(try kind.isBackup(newest, try #require(given.last)))
        },
    ]

    static let finding = [
        SourceRule("has the cluster whose backups it has", needs: .namesBackups) { source, _ in
            let hasIt = try await source.has(foo)
            #expect(hasIt)
        },
        SourceRule("finds the newest backup") { source, kind in
            let newest = try #require(try await source.backups(of: foo, .newest(1)).backups.last)
            #expect(try kind.isBackup(newest, try #require(kind.listedSamples().last)))
        },
        SourceRule("finds a backup by its version and revision, or gives all that may be it") { source, kind in
            for given in try kind.listedSamples() {
                let found = try await source.backups(of: foo, .exact(given.version, given.revision)).backups
                #expect(try found.contains { try kind.isBackup($0, given) })
            }
        },
        SourceRule("finds a backup by its name") { source, _ in
            let newest = try #require(try await source.backups(of: foo, .newest(1)).backups.last)
            #expect(try await source.backups(of: foo, .named(newest.name)).backups.map(\.name) == [newest.name])
        },
        SourceRule("lists what is no longer current, or says that it can't") { source, _ in
            do {
                let noncurrent = try await source.backups(of: foo, .noncurrent()).backups
                #expect(noncurrent.allSatisfy { $0.entry?.state != .current })
            } catch let error as StoreError {
                guard case .unsupported = error else { throw error }
            }
        },
    ]
}
