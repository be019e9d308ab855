import Backups
import Foundation
import Synchronization
import TestSupport
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

    @Test func `is the one that a pick of the newest takes, whatever the listing`() throws {
        var numbers = SeededGenerator(seed: 14)
        var count = 0
        for _ in 0..<2000 {
            let order = [BackupOrder.byRevision, .byTime].randomElement(using: &numbers) ?? .byTime
            let backups = (0..<Int.random(in: 1...5, using: &numbers)).map { number in
                let hour = Double.random(in: -4...1, using: &numbers).rounded()
                let entry = StoreEntry(
                    key: "\(number)",
                    byteCount: [20512, 0, 12].randomElement(using: &numbers) ?? 0,
                    modified: now.addingTimeInterval(hour * 3600),
                    etag: ""
                )
                let revision = order == .byTime ? nil : Revision(Int64.random(in: 1...4, using: &numbers))
                return Backup(name: "\(number)", cluster: nil, revision: revision, entry: entry)
            }
            let listing = BackupListing(backups: backups, ignored: [], order: order, now: now)
            let skipped = Mutex<[Notice]>([])
            let served = NewestBackup(CountedSource([:]), of: nil) { notice in skipped.withLock { $0.append(notice) } }
                .find(in: listing, at: now)
            let choice = Result { () throws(SelectionError) in
                try Selection(.newest, now: now).select(from: listing, of: nil)
            }
            switch choice {
            case .success(let chosen):
                #expect(served == chosen.backup)
                #expect(skipped.withLock(\.isEmpty) == chosen.passedOver.isEmpty)
                count += 1
            case .failure(.ambiguous(let rank, let names)):
                #expect(rank == .unknown ? served == nil : names.last == served?.name)
            case .failure(let error):
                #expect(served == nil, "\(error)")
            }
        }
        #expect(count > 500)
    }
}
