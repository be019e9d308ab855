import Backups
import FoundationEssentials
import Testing

@Suite struct DeltaReachTests {
    private func listing(full: [Int64], deltas: [Int64?]) -> BackupListing {
        BackupListing(
            backups: full.map { revision in
                Backup(
                    name: "Full-\(revision)",
                    cluster: nil,
                    version: nil,
                    revision: Revision(revision),
                    modified: nil,
                    approximateByteCount: nil
                )
            },
            ignored: [],
            deltas: deltas.map { revision in
                ParsedDelta(
                    lastRevision: revision.flatMap { Revision($0) },
                    time: revision.map { Date(timeIntervalSince1970: Double($0)) }
                )
            }
        )
    }

    @Test func `deltas reach as far as the last revision in them, beyond the newest full snapshot`() {
        let reach = listing(full: [100, 300], deltas: [150, 300, 350, 420, 400, nil]).deltaReach
        #expect(reach?.revision.value == 420 && reach?.revisionCount == 120 && reach?.deltaCount == 3)
        #expect(reach?.time == Date(timeIntervalSince1970: 420))
    }

    @Test func `deltas that the newest full snapshot has, and those without one, reach no further`() {
        #expect(listing(full: [300], deltas: [150, 300]).deltaReach == nil)
        #expect(listing(full: [300], deltas: []).deltaReach == nil)
        #expect(listing(full: [], deltas: [150]).deltaReach == nil)
    }
}
