import Foundation
import Snapshot
import TestSupport
import Testing

@testable import Drills

@Suite("A snapshot that is made larger")
struct SnapshotGrowthTests {
    @Test("is sound, has the size that was asked for to the page, and the same content")
    func grown() async throws {
        let folder = try TemporaryFolder()
        for carried in Catalog.snapshots {
            let bytes = try carried.bytes()
            let grown = try SnapshotGrowth.grown(bytes, to: 1 << 20, named: carried.name)
            #expect((1 << 20..<1 << 20 + 4096 + 32).contains(grown.count), "\(carried.name)")
            try folder.write(bytes, to: "small")
            try folder.write(grown, to: "large")
            let small = try await SnapshotFile(path: folder.path("small")).verify()
            let large = try await SnapshotFile(path: folder.path("large")).verify()
            #expect(large.verdict == .sound, "\(large.problems)")
            #expect(large.contents?.hash == small.contents?.hash)
            #expect(large.contents?.liveKeyCount == small.contents?.liveKeyCount)
        }
    }

    @Test("can't be made smaller, and must be a snapshot")
    func refused() throws {
        let bytes = try Catalog.snapshots[0].bytes()
        #expect(throws: WorldError.self) { try SnapshotGrowth.grown(bytes, to: 4096, named: "x") }
        #expect(throws: WorldError.self) { try SnapshotGrowth.grown(Array(bytes.dropLast()), to: 1 << 20, named: "x") }
        #expect(throws: WorldError.self) { try SnapshotGrowth.grown([], to: 1 << 20, named: "x") }
    }
}
