/// The beginning of a segment of a member's log: whose it is (etcd v3.4.23 `wal/wal.go`, `wal/encoder.go`).
package struct WriteAheadLogHead: Sendable, Equatable {
    package let memberID: UInt64
    package let clusterID: UInt64

    /// So many bytes hold the first two records.
    package static let maxByteCount = 4096

    /// - Parameter bytes: The first ones of the file; `nil` where they are not those of a segment.
    package init?(_ bytes: [UInt8]) {
        // The first record carries on the checksum of the segment before, the second one has the ids.
        guard let first = Record(bytes, at: 0), first.type == 4, first.data.isEmpty,
            let second = Record(bytes, at: first.end), second.type == 1
        else { return nil }
        var checksum = CRC32C(continuing: first.checksum)
        checksum.update(bytes[second.data])
        guard checksum.value == second.checksum else { return nil }
        var ids = ProtobufReader(bytes, in: second.data)
        var (member, cluster): (UInt64?, UInt64?)
        do {
            while let (number, value) = try ids.next() {
                guard case .integer(let id) = value else { continue }
                if number == 1 { member = id } else if number == 2 { cluster = id }
            }
        } catch {
            return nil
        }
        guard let member, let cluster else { return nil }
        memberID = member
        clusterID = cluster
    }

    /// `walpb.Record` after its length, in whose highest byte the padding to eight bytes stands.
    private struct Record {
        var type: UInt64 = 0
        var checksum: UInt32 = 0
        var data = 0..<0
        var end: Int

        init?(_ bytes: [UInt8], at offset: Int) {
            guard offset + 8 <= bytes.count else { return nil }
            let field = bytes.littleEndian(UInt64.self, at: offset)
            let byteCount = field & (1 << 56 - 1)
            let padding = field >> 63 == 1 ? Int(field >> 56 & 7) : 0
            guard byteCount > 0, byteCount <= UInt64(WriteAheadLogHead.maxByteCount) else { return nil }
            let start = offset + 8
            end = start + Int(byteCount) + padding
            guard end <= bytes.count else { return nil }
            var reader = ProtobufReader(bytes, in: start..<start + Int(byteCount))
            do {
                while let (number, value) = try reader.next() {
                    switch (number, value) {
                    case (1, .integer(let value)): type = value
                    case (2, .integer(let value)): checksum = UInt32(truncatingIfNeeded: value)
                    case (3, .bytes(let range)): data = range
                    default: break
                    }
                }
            } catch {
                return nil
            }
        }
    }
}
