import Foundation
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

@Suite("Verifying a snapshot file")
struct VerificationTests {
    private func verify(_ path: String) async throws -> CheckResult {
        let before = try FileState(path)
        defer { #expect((try? FileState(path)) == before, "\(path) was written to") }
        return try await SnapshotFile(path: path).verify()
    }

    private func verify(_ bytes: some Collection<UInt8>) async throws -> CheckResult {
        let folder = try TemporaryFolder()
        return try await verify(try folder.write(bytes, to: "file.db"))
    }

    @Test("finds every snapshot of a real etcd sound")
    func fixtures() async throws {
        for snapshot in try Fixture.expectedSnapshots() {
            let verification = try await verify("\(Fixture.folder)/snapshots/\(snapshot.file)")
            #expect(verification.problems == [], "\(snapshot.file)")
            #expect(verification.verdict == .sound)
            #expect(verification.sha256 == snapshot.sha256)
            #expect(verification.contents?.hash == snapshot.statusHash)
            #expect(!verification.isMemberDatabase)
        }
    }

    @Test("finds those of other releases sound", arguments: try Fixture.releases())
    func releases(path: String) async throws {
        #expect(try await verify(path).problems == [])
    }

    @Test("without its trailer a file is unverified, and never sound")
    func withoutTrailer() async throws {
        let verification = try await verify(try Fixture.snapshot("late.db").dropLast(32))
        #expect(verification.verdict == .unverified)
        #expect(verification.problems == [.missingTrailer])
        #expect(verification.contents?.revision == 208)
    }

    @Test("every byte that is altered in a small file is found")
    func alteredBytes() async throws {
        let bytes = try Fixture.snapshot("early.db")
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: "altered.db")
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        for offset in bytes.indices {
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: [bytes[offset] ^ 0x55])
            let outcome = try await SnapshotFile(path: path).verify().verdict
            #expect(outcome == .unsound, "offset \(offset)")
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: [bytes[offset]])
        }
    }

    @Test(
        "any byte that is altered in those of other releases is found, of a sample",
        arguments: try Fixture.releases()
    )
    func alteredSample(path: String) async throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let folder = try TemporaryFolder()
        let copy = try folder.write(bytes, to: "altered.db")
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: copy))
        defer { try? file.close() }
        for offset in stride(from: 0, to: bytes.count, by: bytes.count / 41) {
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: [bytes[offset] ^ 1])
            let outcome = try await SnapshotFile(path: copy).verify().verdict
            #expect(outcome == .unsound, "offset \(offset)")
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: [bytes[offset]])
        }
    }

    @Test(
        "a file is not sound, whatever its SHA-256 says, where a subtree is lost that etcd's own status does not miss"
    )
    func lostSubtree() async throws {
        var bytes = try Fixture.snapshot("middle.db")
        // A leaf of the bucket 'key' that holds no more elements.
        let leaf = try #require(
            stride(from: 2 * 4096, to: bytes.count - 32, by: 4096).first { start in
                bytes[start + 8] == 2 && bytes[start + 10] > 20
            }
        )
        bytes[leaf + 10] = 0
        bytes[leaf + 11] = 0
        let verification = try await verify(Resealed.bytes(bytes))
        #expect(verification.verdict == .unsound)
        #expect(verification.problems.contains { "\($0)".contains("a leaf below a branch is empty") })
        #expect(verification.problems.contains { "\($0)".contains("version 1 is expected") })
    }

    @Test("a record whose revision was altered is named with page and offset, though the SHA-256 was made anew")
    func alteredRevision() async throws {
        var bytes = try Fixture.snapshot("middle.db")
        // The record of /registry/pods/default/web-005: its field 3, mod_revision.
        let key = Array("/registry/pods/default/web-005".utf8)
        let start = try #require(
            bytes.indices.dropLast(key.count).first { bytes[$0..<$0 + key.count].elementsEqual(key) }
        )
        let field = try #require((start + key.count..<start + key.count + 8).first { bytes[$0] == 0x18 })
        bytes[field + 1] ^= 1
        let verification = try await verify(Resealed.bytes(bytes))
        #expect(verification.problems.count == 1)
        guard case .damaged(let damage)? = verification.problems.first else {
            Issue.record("found: \(verification.problems)")
            return
        }
        #expect(damage.problem.contains("says that it is of revision"))
        #expect(damage.page == UInt64(start / 4096))
    }

    @Test("says of other files what they are")
    func otherKinds() async throws {
        let files: [([UInt8], SnapshotProblem)] = [
            ([], .empty),
            ([0x1F, 0x8B, 8, 0], .otherKind(.gzip)),
            (Array("PK\u{3}\u{4}rest".utf8), .otherKind(.zip)),
            ([0x78, 0x9C, 1, 2], .otherKind(.zlib)),
            ([0x1F, 0x9D, 0x90, 2], .otherKind(.compress)),
            (Array("[{\"etcdEvent\":{\"type\":0}}]".utf8), .otherKind(.gardenerDelta)),
            (Array("<html><body>502</body>".utf8), .otherKind(.html)),
            (Array("{\"error\":1}".utf8), .otherKind(.json)),
            ([UInt8](repeating: 0, count: 16) + [0xED, 0x0C, 0xDA, 0xED], .otherKind(.bigEndianBolt)),
        ]
        for (bytes, problem) in files {
            let verification = try await verify(bytes)
            #expect(verification.problems == [problem])
            #expect(verification.verdict == .unsound)
            #expect(verification.contents == nil)
        }
    }

    @Test("of very many findings the first are kept, and the others counted")
    func manyFindings() async throws {
        var editor = try SnapshotEditor("middle.db")
        var recordCount = 0
        for start in stride(from: 2 * 4096, to: editor.bytes.count - 32, by: 4096) where editor.bytes[start + 8] == 2 {
            for element in (0..<Int(editor.bytes[start + 10])).map({ start + 16 + $0 * 16 })
            where editor.number(UInt32.self, at: element + 8) == 17 {
                // No record of a key begins so.
                editor.set(UInt8(0xFF), at: element + Int(editor.number(UInt32.self, at: element + 4)) + 17)
                recordCount += 1
            }
        }
        let verification = try await verify(Resealed.bytes(editor.bytes))
        #expect(verification.problems.count == CheckResult.maxProblemCount)
        // Some of them lie in free pages.
        let foundCount = verification.problems.count + verification.furtherProblemCount
        #expect(foundCount > 250 && foundCount <= recordCount)
    }

    @Test("ends when it is cancelled")
    func cancelled() async throws {
        let path = "\(Fixture.folder)/snapshots/middle.db"
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await SnapshotFile(path: path).verify()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("what is no regular file is refused at once", arguments: ["/dev/null", "/", "/nowhere/x.db"])
    func noFile(path: String) {
        #expect(throws: SnapshotReadingError.self) { try SnapshotFile(path: path) }
    }
}
