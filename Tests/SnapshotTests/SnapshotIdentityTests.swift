import Foundation
import Glibc
import Snapshot
import TestSupport
import Testing

@Suite("What a snapshot is of")
struct SnapshotIdentityTests {
    private func identity(_ path: String) throws -> SnapshotIdentity {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        return try SnapshotIdentity(of: SnapshotImage(descriptor: file.fileDescriptor))
    }

    @Test("is the revision that the live cluster was at, and its version")
    func fixtures() throws {
        let expected = try Fixture.expectedSnapshots()
        #expect(expected.count >= 4)
        for snapshot in expected {
            let found = try identity("\(Fixture.folder)/snapshots/\(snapshot.file)")
            #expect(found.revision == snapshot.revision, "\(snapshot.file)")
            #expect(found.clusterVersion == "3.4.0", "\(snapshot.file)")
        }
    }

    @Test("is found in larger ones, where they are there", arguments: Fixture.sharedSnapshots())
    func shared(path: String) throws {
        let revisions = ["34-compacted.db": 1981, "34-empty.db": 1, "34-tomb.db": 5, "351-full.db": 1981]
        let name = URL(fileURLWithPath: path).lastPathComponent
        let found = try identity(path)
        #expect(found.revision == Int64(revisions[name] ?? -1))
        #expect(found.clusterVersion == (name.hasPrefix("351") ? "3.5.0" : "3.4.0"))
    }

    @Test("is found or refused with a page and an offset whichever byte is altered, and the file is never written to")
    func alteredBytes() throws {
        let folder = try TemporaryFolder()
        let bytes = try Fixture.snapshot("late.db")
        let path = try folder.write(bytes, to: "late.db")
        let descriptor = open(path, O_RDWR)
        defer { close(descriptor) }
        var refusedCount = 0
        for offset in stride(from: 0, to: bytes.count, by: 13) {
            var altered = bytes[offset] ^ 0xFF
            pwrite(descriptor, &altered, 1, off_t(offset))
            do {
                _ = try SnapshotIdentity(of: SnapshotImage(descriptor: descriptor))
            } catch SnapshotReadingError.damaged {
                refusedCount += 1
            }
            var original = bytes[offset]
            pwrite(descriptor, &original, 1, off_t(offset))
        }
        #expect(refusedCount > 0)
        #expect(try folder.read("late.db") == bytes)
    }

    @Test(
        "is refused where what leads to it leads astray",
        arguments: [
            // Of the root page its header, and of its ten buckets the sixth, by which the way to all others leads.
            Alteration(of: .root, at: 0, [9], "its header says that it is page"),
            Alteration(of: .root, at: 8, [0x10], "it is neither a leaf nor a branch (flags 16)"),
            Alteration(of: .root, at: 10, [0xFF, 0xFF], "its 65535 elements don't fit into it"),
            Alteration(of: .root, at: 12, [0xFF, 0xFF, 0xFF, 0xFF], "4294967295 pages run on from it"),
            Alteration(of: .root, at: 100, [1, 0, 0, 0], "a key begins among the elements"),
            Alteration(of: .root, at: 100, [0xFF, 0xFF, 0xFF, 0xFF], "ends behind the page"),
            Alteration(of: .root, at: 104, [0xFF, 0xFF, 0xFF, 0xFF], "ends behind the page"),
            Alteration(of: .head, at: 16 + 16, [0xFF], nil),
        ]
    )
    func astray(alteration: Alteration) throws {
        let folder = try TemporaryFolder()
        var bytes = try Fixture.snapshot("early.db")
        let root = Int(bytes[32]) | Int(bytes[33]) << 8
        let start = (alteration.place == .root ? root * 4096 : 0) + alteration.offset
        for (index, byte) in alteration.bytes.enumerated() { bytes[start + index] = byte }
        let path = try folder.write(bytes, to: "altered.db")
        guard let problem = alteration.problem else {
            // A meta page whose checksum is wrong: the other one is taken.
            #expect(try identity(path).revision == 9)
            return
        }
        let error = #expect(throws: SnapshotReadingError.self) { try identity(path) }
        guard case .damaged(let damage)? = error else { return }
        #expect(damage.description.contains(problem), "\(damage)")
        #expect(damage.page == UInt64(root))
    }

    struct Alteration: Sendable, CustomTestStringConvertible {
        enum Place: Sendable { case head, root }
        let place: Place
        let offset: Int
        let bytes: [UInt8]
        /// `nil` where it does no harm.
        let problem: String?

        init(of place: Place, at offset: Int, _ bytes: [UInt8], _ problem: String?) {
            self.place = place
            self.offset = offset
            self.bytes = bytes
            self.problem = problem
        }

        var testDescription: String { "\(place) \(offset) \(bytes)" }
    }

    @Test("is not found in what is no snapshot, or is cut off", arguments: [0, 10, 4096, 8192, 12288, 20000])
    func cut(byteCount: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(try Fixture.snapshot("early.db").prefix(byteCount), to: "cut.db")
        #expect(throws: SnapshotReadingError.self) { try identity(path) }
    }
}
