import Backups
import Foundation
import Testing

@Suite struct DoubtsTests {
    private let now = Date(timeIntervalSince1970: 1000 * 3600)

    private func backup(
        hour: Double,
        revision: Int64? = nil,
        units: Int64 = 100,
        node: String? = nil,
        encoding: BackupEncoding = .raw
    ) -> Backup {
        // A size that a whole snapshot can have.
        let entry = StoreEntry(
            key: "\(hour)",
            byteCount: units * 512 + 32,
            modified: Date(timeIntervalSince1970: hour * 3600),
            etag: "\(hour)"
        )
        var backup = Backup(name: "\(hour)", cluster: nil, encoding: encoding, entry: entry)
        backup.readRevision = revision.flatMap { Revision($0) }
        backup.node = node
        return backup
    }

    private func doubts(_ backups: [Backup], by order: BackupOrder = .byTime) -> Doubts {
        Doubts(about: backups.last, among: backups, by: order, at: now)
    }

    @Test func `less than half of the median of those before is far smaller`() throws {
        let before = [200, 90, 100, 110, 120, 1000].enumerated().map { backup(hour: Double($0), units: $1) }
        let shrinkage = try #require(doubts(before + [backup(hour: 9, units: 54)]).shrinkage)
        // Of the last five: 90, 100, 110, 120 and 1000.
        #expect(shrinkage.medianByteCount == 110 * 512 + 32 && shrinkage.comparedCount == 5)
        #expect(shrinkage.previous.name == "5.0")
        #expect(doubts(before + [backup(hour: 9, units: 56)]).shrinkage == nil)
        #expect(doubts(before + [backup(hour: 9, units: 5000)]).codes.isEmpty)
    }

    @Test func `two before it are too few to say that it is far smaller`() {
        let before = [backup(hour: 1), backup(hour: 2)]
        #expect(doubts(before + [backup(hour: 9, units: 3)]).codes.isEmpty)
        #expect(doubts([backup(hour: 0)] + before + [backup(hour: 9, units: 3)]).codes == ["smaller-than-before"])
    }

    @Test func `only sizes of the same node and encoding compare`() {
        let gzip = BackupEncoding(name: "gzip", nameEnding: ".gz")
        let raw = (0..<3).map { backup(hour: Double($0), node: "a") }
        #expect(doubts(raw + [backup(hour: 9, units: 3, node: "a", encoding: gzip)]).codes.isEmpty)
        #expect(doubts(raw + [backup(hour: 9, units: 3, node: "b")]).codes.isEmpty)
        #expect(!doubts(raw + [backup(hour: 9, units: 3, node: "a")]).codes.isEmpty)
    }

    @Test func `the one to take else is the last that is not small, too`() throws {
        let sizes: [Int64] = [100, 100, 100, 100, 3, 2]
        let backups = sizes.enumerated().map { backup(hour: Double($0), units: $1) }
        #expect(try #require(doubts(backups).shrinkage).previous.name == "3.0")
    }

    @Test func `the newest by time with a lower revision than one before goes back`() throws {
        let backups = [backup(hour: 1, revision: 10), backup(hour: 2, revision: 500), backup(hour: 3, revision: 7)]
        let doubts = doubts(backups)
        #expect(doubts.codes == ["lower-revision-than-before"])
        #expect(doubts.rollback?.highest.name == "2.0" && doubts.rollback?.latest.name == "3.0")
        #expect(self.doubts(backups, by: .byRevision).codes == ["lower-revision-later"])
        #expect(self.doubts(Array(backups.dropLast())).codes.isEmpty)
    }

    @Test(arguments: [0, 1, 5, 6, 7, 40, 100_000])
    func `the last six and ever fewer before them are a sample, in order`(_ count: Int) {
        let hours = Doubts.sample(of: (0..<count).map { backup(hour: Double($0)) }).map { Int(Double($0.name) ?? -1) }
        #expect(hours == hours.sorted() && Set(hours).count == hours.count)
        #expect(Array(hours.suffix(6)) == Array(max(0, count - 6)..<count))
        #expect(hours.count <= 6 + 15)
        if count == 40 { #expect(hours == [19, 29, 34, 35, 36, 37, 38, 39]) }
    }
}
