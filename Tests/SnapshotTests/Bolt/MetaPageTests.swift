import Snapshot
import TestSupport
import Testing

@Suite("A bbolt meta page")
struct MetaPageTests {
    @Test("tells the image's size, which is the file's without its trailer")
    func size() throws {
        for snapshot in try Fixture.expectedSnapshots() {
            let meta = try #require(MetaPage(head: try Fixture.snapshot(snapshot.file)))
            #expect(meta.pageByteCount == 4096)
            #expect(meta.imageByteCount == snapshot.byteCount - 32, "\(snapshot.file)")
        }
    }

    @Test("is not believed when a byte of it was altered")
    func checksum() throws {
        let bytes = Array(try Fixture.snapshot("early.db").prefix(4096))
        #expect(MetaPage(head: bytes) != nil)
        for offset in 16..<80 {
            var altered = bytes
            altered[offset] ^= 1
            #expect(MetaPage(head: altered) == nil, "offset \(offset)")
        }
    }

    @Test("is absent in what is too short for it", arguments: [0, 16, 79])
    func short(byteCount: Int) throws {
        #expect(MetaPage(head: Array(try Fixture.snapshot("early.db").prefix(byteCount))) == nil)
    }

    @Test("an image size beyond any file is no number")
    func overflow() throws {
        var meta = try #require(MetaPage(head: try Fixture.snapshot("early.db")))
        meta.pageCount = .max
        #expect(meta.imageByteCount == nil)
    }
}
