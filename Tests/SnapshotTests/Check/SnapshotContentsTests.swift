import Foundation
import Snapshot
import TestSupport
import Testing

@Suite("What a snapshot holds")
struct SnapshotContentsTests {
    private func contents(_ path: String) async throws -> SnapshotContents {
        let before = try FileState(path)
        defer { #expect((try? FileState(path)) == before, "\(path) was written to") }
        return try await SnapshotFile(path: path).contents()
    }

    @Test("is what etcd's own status says, and the live cluster's revision and keys")
    func fixtures() async throws {
        let expected = try Fixture.expectedSnapshots()
        #expect(expected.count >= 4)
        for snapshot in expected {
            let found = try await contents("\(Fixture.folder)/snapshots/\(snapshot.file)")
            #expect(found.hash == snapshot.statusHash, "\(snapshot.file)")
            #expect(found.lastRecordRevision == snapshot.statusRevision, "\(snapshot.file)")
            #expect(found.pairCount == snapshot.totalKey, "\(snapshot.file)")
            #expect(found.imageByteCount == snapshot.totalSize, "\(snapshot.file)")
            #expect(found.revision == snapshot.revision, "\(snapshot.file)")
            #expect(found.liveKeyCount == snapshot.liveKeys, "\(snapshot.file)")
            #expect(found.clusterVersion == "3.4.0", "\(snapshot.file)")
            #expect(found.writer == .upTo34)
            #expect(found.members.map(\.name) == ["fixtures"])
            #expect(found.members.first?.peerURLs == ["http://127.0.0.1:2380"])
            #expect(!found.isAuthEnabled && found.alarms.isEmpty && found.downgradeTarget == nil)
            #expect(found.pageByteCount == 4096 && found.freeByteCount % 4096 == 0)
        }
        let late = try await contents("\(Fixture.folder)/snapshots/late.db")
        #expect(late.leaseCount == 1)
        #expect(late.compactedRevision == 194)
    }

    @Test("is found in those of other releases", arguments: try Fixture.releases())
    func releases(path: String) async throws {
        // As the README beside them says: hash, revision of the last record, pairs, size; and the cluster's revision.
        let table: [String: (hash: UInt32, last: Int64, pairs: Int, size: Int64, revision: Int64, keys: Int)] = [
            "34-empty.db": (0x44a1_200f, 0, 3, 20480, 1, 0),
            "34-tomb.db": (0x2cbe_cdde, 2, 7, 24576, 5, 1),
            "35-auth.db": (3_910_984_360, 45, 38, 57344, 45, 14),
            "36-full.db": (0x0618_6180, 82, 84, 106_496, 82, 27),
        ]
        let name = URL(fileURLWithPath: path).lastPathComponent
        let expected = try #require(table[name])
        let found = try await contents(path)
        #expect(found.hash == expected.hash)
        #expect(found.lastRecordRevision == expected.last)
        #expect(found.pairCount == expected.pairs)
        #expect(found.imageByteCount == expected.size)
        #expect(found.revision == expected.revision)
        #expect(found.liveKeyCount == expected.keys)
        switch name.prefix(2) {
        case "36": #expect(found.clusterVersion == "3.6.0" && found.writer == .from36(storageVersion: "3.6.0"))
        case "35": #expect(found.clusterVersion == "3.5.0" && found.writer == .from35 && found.isAuthEnabled)
        default: #expect(found.clusterVersion == "3.4.0" && found.writer == .upTo34)
        }
    }

    @Test(
        "is refused where what leads to it leads astray",
        arguments: [
            // Of the root page its header, and of its ten buckets the sixth, by which the way to all others leads.
            Alteration(at: 0, [9], "its header says that it is page"),
            Alteration(at: 8, [0x10], "it is neither a leaf nor a branch (flags 16)"),
            Alteration(at: 10, [0xFF, 0xFF], "its 65535 elements don't fit into it"),
            Alteration(at: 12, [0xFF, 0xFF, 0xFF, 0xFF], "4294967295 pages run on from it"),
            Alteration(at: 100, [1, 0, 0, 0], "a key begins among the elements"),
            Alteration(at: 100, [0xFF, 0xFF, 0xFF, 0xFF], "ends behind the page"),
            Alteration(at: 104, [0xFF, 0xFF, 0xFF, 0xFF], "ends behind the page"),
        ]
    )
    func astray(alteration: Alteration) async throws {
        let folder = try TemporaryFolder()
        var bytes = try Fixture.snapshot("early.db")
        let root = Int(bytes[32]) | Int(bytes[33]) << 8
        let start = root * 4096 + alteration.offset
        for (index, byte) in alteration.bytes.enumerated() { bytes[start + index] = byte }
        let path = try folder.write(bytes, to: "altered.db")
        let error = await #expect(throws: SnapshotProblem.self) { try await contents(path) }
        guard case .damaged(let damage)? = error else {
            Issue.record("\(error.map(String.init(describing:)) ?? "nothing") was thrown")
            return
        }
        #expect(damage.description.contains(alteration.problem), "\(damage)")
        #expect(damage.page == UInt64(root))
    }

    struct Alteration: Sendable, CustomTestStringConvertible {
        let offset: Int
        let bytes: [UInt8]
        let problem: String

        init(at offset: Int, _ bytes: [UInt8], _ problem: String) {
            self.offset = offset
            self.bytes = bytes
            self.problem = problem
        }

        var testDescription: String { "\(offset) \(bytes)" }
    }

    @Test("is not found in what is no snapshot, or is cut off", arguments: [0, 10, 4096, 8192, 12288, 20000])
    func cut(byteCount: Int) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(try Fixture.snapshot("early.db").prefix(byteCount), to: "cut.db")
        await #expect(throws: SnapshotProblem.self) { try await contents(path) }
    }
}
