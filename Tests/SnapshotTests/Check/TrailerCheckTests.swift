import Foundation
import TestSupport
import Testing

@testable import Snapshot

@Suite("The SHA-256 at the end of a snapshot")
struct TrailerCheckTests {
    /// Passes bytes by in pieces of a size.
    private func verify(_ bytes: [UInt8], pieceByteCount: Int = 4096) -> FileDigest {
        var verifier = TrailerCheck()
        bytes.withUnsafeBytes { buffer in
            for start in stride(from: 0, to: buffer.count, by: pieceByteCount) {
                let end = min(start + pieceByteCount, buffer.count)
                verifier.update(UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
            }
        }
        return verifier.finish()
    }

    @Test("finds every snapshot of a real etcd sound, with the SHA-256 that sha256sum prints")
    func fixtures() throws {
        let expected = try Fixture.expectedSnapshots()
        for snapshot in expected {
            let digest = verify(try Fixture.snapshot(snapshot.file))
            #expect(digest.problem == nil, "\(snapshot.file)")
            #expect(digest.sha256 == snapshot.sha256, "\(snapshot.file)")
        }
    }

    @Test("finds the snapshots of other releases sound", arguments: try Fixture.releases())
    func releases(path: String) throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(verify(bytes).problem == nil)
    }

    @Test(
        "comes to the same whatever the pieces are",
        arguments: [1, 7, 31, 32, 33, 512, 20479, 20480, 20481, 20511, 20512, 1 << 20]
    )
    func pieces(byteCount: Int) throws {
        let bytes = try Fixture.snapshot("early.db")
        #expect(verify(bytes, pieceByteCount: byteCount) == verify(bytes))
        #expect(verify(bytes, pieceByteCount: byteCount).problem == nil)
    }

    @Test("finds a flipped bit anywhere")
    func flippedBits() throws {
        let bytes = try Fixture.snapshot("early.db")
        for offset in stride(from: 0, to: bytes.count, by: 97) {
            var altered = bytes
            altered[offset] ^= 0x10
            #expect(verify(altered).problem != nil, "the bit at \(offset)")
        }
    }

    @Test("names both hashes where the trailer is wrong")
    func wrongTrailer() throws {
        let expected = try #require(try Fixture.expectedSnapshots().first { $0.file == "early.db" })
        var bytes = try Fixture.snapshot("early.db")
        bytes[bytes.count - 1] ^= 1
        guard case .wrongTrailer(let stored, let computed)? = verify(bytes).problem else {
            Issue.record("found: \(String(describing: verify(bytes).problem))")
            return
        }
        #expect(computed == expected.trailerSHA256)
        #expect(stored != computed && stored.count == 64)
    }

    @Test("tells a truncated file from one without a trailer")
    func truncated() throws {
        let bytes = try Fixture.snapshot("early.db")
        let whole = Int64(bytes.count)
        #expect(verify(Array(bytes.dropLast(32))).problem == .missingTrailer)
        for cut in [1, 31, 33, 4096, 4128, 12_000] {
            let expected = SnapshotProblem.truncated(byteCount: whole - Int64(cut), expectedByteCount: whole)
            #expect(verify(Array(bytes.dropLast(cut))).problem == expected, "\(cut) bytes cut")
        }
    }

    @Test("reads the size from the second meta page where the first is damaged")
    func damagedFirstMeta() throws {
        var bytes = try Fixture.snapshot("early.db").dropLast(4128)
        bytes[24] ^= 1
        let expected = SnapshotProblem.truncated(
            byteCount: Int64(bytes.count),
            expectedByteCount: Int64(bytes.count) + 4128
        )
        #expect(verify(Array(bytes)).problem == expected)
        bytes[4096 + 24] ^= 1
        #expect(verify(Array(bytes)).problem == .damagedMetaPages)
    }

    @Test("does not take another kind of file for a snapshot, even with a right SHA-256 at its end")
    func otherKinds() {
        #expect(verify([]).problem == .empty)
        #expect(verify(Array("placeholder\n".utf8)).problem == .words("placeholder"))
        #expect(verify([0x1F, 0x8B, 8, 0]).problem == .otherKind(.gzip))
        let text = [UInt8](repeating: 0x61, count: 64 << 10)
        let trailer = verify(text).sha256
        let digest = stride(from: 0, to: 64, by: 2).compactMap { index -> UInt8? in
            let start = trailer.index(trailer.startIndex, offsetBy: index)
            return UInt8(trailer[start..<trailer.index(start, offsetBy: 2)], radix: 16)
        }
        #expect(verify(text + digest).problem == .otherKind(.text))
    }

    @Test("a file that ends too early is not sound")
    func endsTooEarly() throws {
        let bytes = try Fixture.snapshot("early.db")
        var verifier = TrailerCheck()
        bytes.dropLast(5000).withUnsafeBytes { verifier.update($0) }
        #expect(verifier.finish().problem != nil)
    }

    @Test(
        "says in words what is wrong",
        arguments: [
            (SnapshotProblem.empty, "it is empty (0 bytes)"),
            (.otherKind(.gzip), "it is a gzip file, not an etcd snapshot"),
            (.otherKind(.html), "it is an HTML page, not an etcd snapshot"),
            (.otherKind(.bigEndianBolt), "it was written on a big-endian machine, and etcd can read it only there"),
            (
                .truncated(byteCount: 5, expectedByteCount: 9),
                "it is truncated: 5 bytes, where its pages and trailer take 9"
            ),
            (.missingTrailer, "it ends without a SHA-256, so nothing proves that it is whole"),
        ]
    )
    func words(_ problem: SnapshotProblem, _ text: String) {
        #expect(problem.description == text)
    }
}
