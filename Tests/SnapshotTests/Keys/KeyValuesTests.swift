import Snapshot
import TestSupport
import Testing

@Suite("The values of keys")
struct KeyValuesTests {
    private func file(_ name: String) throws -> SnapshotFile {
        try SnapshotFile(path: "\(Fixture.folder)/snapshots/\(name)")
    }

    @Test("are those of the changes that are asked for, in their order")
    func values() async throws {
        let file = try file("middle.db")
        let keys = try await file.keys()
        let changes = (0..<keys.count).map { keys[$0] }
        let values = try await file.values(of: changes)
        #expect(values.map(\.count) == changes.map(\.valueByteCount))
        #expect(try await file.values(of: changes.reversed()) == values.reversed())
        #expect(try await file.values(of: []) == [])
        var history = try await file.history()
        var deletionCount = 0
        while case let batch = try await history.next(), !batch.isEmpty {
            let values = try await file.values(of: batch)
            #expect(values.map(\.count) == batch.map(\.valueByteCount))
            for (change, value) in zip(batch, values) where change.isDeletion {
                #expect(value.isEmpty)
                deletionCount += 1
            }
        }
        #expect(deletionCount > 0)
    }

    @Test("of a change that the file does not hold are an error, and not empty")
    func missing() async throws {
        let later = try await file("late.db").keys()
        let last = try #require((0..<later.count).map { later[$0] }.max { $0.revision < $1.revision })
        let error = await #expect(throws: SnapshotProblem.self) { _ = try await file("early.db").values(of: [last]) }
        #expect("\(try #require(error))".contains("no way leads to the record of revision \(last.revision)"))
    }
}
