import Foundation
import TestSupport
import Testing

@testable import Snapshot

@Suite("The beginning of a member's log")
struct WriteAheadLogHeadTests {
    private func official(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(Fixture.folder)/restore/\(name)")))
    }

    @Test("has the ids that etcd's own tool gave")
    func ids() throws {
        let one = try #require(WriteAheadLogHead(try official("official-35-1.wal.head")))
        #expect(one.memberID == 0x6678_8015_7b88_12c8 && one.clusterID == 0xdc50_b8da_ae93_b3e0)
        let three = try #require(WriteAheadLogHead(try official("official-35-3.wal.head")))
        #expect(three.memberID == 0xfcfb_dee3_36f7_3eab && three.clusterID == 0xb3e8_224a_4fad_96e9)
    }

    @Test("with any bit of its first two records changed, it is none, or has the same ids")
    func damaged() throws {
        let bytes = try official("official-35-1.wal.head")
        let whole = try #require(WriteAheadLogHead(bytes))
        for index in 0..<48 {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << UInt8(bit)
                if let found = WriteAheadLogHead(changed) { #expect(found == whole, "byte \(index), bit \(bit)") }
            }
        }
        for count in 0..<48 { #expect(WriteAheadLogHead(Array(bytes.prefix(count))) == nil) }
    }
}
