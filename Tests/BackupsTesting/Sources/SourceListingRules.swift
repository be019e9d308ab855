import Backups
import Testing

extension SourceRule {
    static let foo = ClusterName("foo")

    static let listing = [
        SourceRule("says where it is, and what the prompt calls it") { source in
            #expect(!source.location.isEmpty)
            #expect(!source.shortName.isEmpty && !source.shortName.contains(" "))
        },
        SourceRule("lists its clusters by name", needsListing: true) { source in
            let clusters = try await source.clusters().clusters
            #expect(clusters.map(\.name) == ["bar", "foo"])
        },
        SourceRule("has no cluster where there is no backup", needsListing: true, given: []) { source in
            let clusters = try await source.clusters().clusters
            #expect(clusters.isEmpty)
        },
        SourceRule("lists a cluster's backups by revision, not by name", needsListing: true) { source in
            let listing = try await source.backups(of: foo)
            let given = try SourceUnderTest.samples().filter { $0.cluster == "foo" }
            #expect(listing.backups.map(\.revision) == given.map(\.revision))
            #expect(listing.backups.map(\.version) == given.map(\.version))
            #expect(listing.backups.map(\.byteCount) == given.map { Int64($0.bytes.count) })
            #expect(listing.backups.allSatisfy { $0.cluster == foo && !$0.name.contains("/") })
            #expect(listing.ignored.isEmpty && listing.isComplete)
        },
        SourceRule("has no backup of a cluster that is not there", needsListing: true) { source in
            for name in ["fo", "foo/", "..", ".", "", "foo/../bar", "/"] {
                let backups = try await source.backups(of: ClusterName(name)).backups
                #expect(backups.isEmpty, "'\(name)'")
                let hasIt = try await source.has(ClusterName(name))
                #expect(!hasIt, "'\(name)'")
            }
        },
        SourceRule("counts a cluster's backups, and knows the newest") { source in
            let summary = try await source.summary(of: foo)
            #expect(summary.backupCount == 3 && summary.newest?.revision == Revision(208))
        },
    ]

    static let finding = [
        SourceRule("has the cluster whose backups it has") { source in
            let hasIt = try await source.has(foo)
            #expect(hasIt)
        },
        SourceRule("finds the newest backup") { source in
            let newest = try await source.backups(of: foo, .newest(1)).backups.last
            #expect(newest?.revision == Revision(208))
        },
        SourceRule("finds a backup by its version and revision") { source in
            for given in try SourceUnderTest.samples() where given.cluster == "foo" {
                let found = try await source.backups(of: foo, .exact(given.version, given.revision)).backups
                #expect(found.contains { $0.version == given.version && $0.revision == given.revision })
            }
        },
        SourceRule("finds a backup by its name") { source in
            let newest = try #require(try await source.backups(of: foo, .newest(1)).backups.last)
            #expect(try await source.backups(of: foo, .named(newest.name)).backups.map(\.name) == [newest.name])
        },
        SourceRule("lists what is no longer current, or says that it can't") { source in
            do {
                let noncurrent = try await source.backups(of: foo, .noncurrent()).backups
                #expect(noncurrent.allSatisfy { $0.entry?.state != .current })
            } catch let error as StoreError {
                guard case .unsupported = error else { throw error }
            }
        },
    ]
}
