import Backups
import Foundation
import Testing

@testable import SidecarServer

/// Which backup is served as the newest where names say no revision.
@Suite struct NewestBackupTests {
    private let now = Date(timeIntervalSince1970: 1_479_859_200)

    private func find(_ hours: [Double]) -> Backup? {
        let backups = hours.map { hour in
            let entry = StoreEntry(
                key: "\(hour).db",
                byteCount: 20512,
                modified: now.addingTimeInterval(hour * 3600),
                etag: ""
            )
            return Backup(name: "\(hour).db", cluster: nil, entry: entry)
        }
        return NewestBackup(CountedSource([:]), of: nil) { _ in }
            .find(in: BackupListing(backups: backups, ignored: [], order: .byTime, now: now), at: now)
    }

    @Test func `one with a time in the future is not the newest`() {
        #expect(find([-5, 48, -2])?.name == "-2.0.db")
    }

    @Test func `the only one is served whatever its time, and of several from the future none`() {
        #expect(find([48])?.name == "48.0.db")
        #expect(find([48, 72]) == nil)
    }

    @Test func `of several with the same time it is always the one whose name comes last`() throws {
        let backups = ["b.db", "c.db", "a.db"].map { name in
            let entry = StoreEntry(key: name, byteCount: 20512, modified: now, etag: "")
            return Backup(name: name, cluster: nil, entry: entry)
        }
        for _ in 0..<20 {
            let listing = BackupListing(backups: backups.shuffled(), ignored: [], order: .byTime, now: now)
            let newest = NewestBackup(CountedSource([:]), of: nil) { _ in }
            #expect(newest.find(in: listing, at: now)?.name == "c.db")
        }
    }
}
