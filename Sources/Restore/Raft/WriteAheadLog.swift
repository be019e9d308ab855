import Snapshot

/// The log of a new member: that each of the members joined, and that all of it is in the raft snapshot.
///
/// Records of `walpb.Record{1 type, 2 crc, 3 data}`, each behind its length and padded to eight bytes (etcd v3.5.1
/// `server/storage/wal/encoder.go`, `wal.go`); entries as `raft/raftpb/raft.proto` has them.
struct WriteAheadLog {
    /// Sequence and first index.
    static let fileName = "0000000000000000-0000000000000000.wal"
    /// How long etcd makes the file at once, zeros behind the records (`wal.go`, `SegmentSizeBytes`).
    static let fileByteCount: Int64 = 64_000_000

    private enum RecordType: UInt64 {
        case metadata = 1
        case entry = 2
        case state = 3
        case checksum = 4
        case snapshot = 5
    }

    private(set) var bytes: [UInt8] = []
    private var checksum = CRC32C()

    init(of member: InitialCluster.Member, in cluster: InitialCluster) {
        let memberCount = UInt64(cluster.members.count)
        append(.checksum, nil)
        append(.metadata) { metadata in
            metadata.integer(1, member.id)
            metadata.integer(2, cluster.id)
        }
        append(.snapshot) { snapshot in
            snapshot.integer(1, 0)
            snapshot.integer(2, 0)
        }
        for (index, joining) in cluster.members.enumerated() {
            append(.entry) { entry in
                // A change of the members, of term 1.
                entry.integer(1, 1)
                entry.integer(2, 1)
                entry.integer(3, UInt64(index) + 1)
                entry.bytes(4, Self.joining(joining))
            }
        }
        append(.state) { state in
            state.integer(1, 1)
            state.integer(2, cluster.members[0].id)
            state.integer(3, memberCount)
        }
        append(.snapshot) { snapshot in
            snapshot.integer(1, memberCount)
            snapshot.integer(2, 1)
            snapshot.bytes(3, ConfState.bytes(cluster))
        }
    }

    /// `raftpb.ConfChange` by which a member joins.
    private static func joining(_ member: InitialCluster.Member) -> [UInt8] {
        ProtobufWriter.message { change in
            change.integer(1, 0)
            change.integer(2, 0)
            change.integer(3, member.id)
            change.bytes(4, Array(MemberJSON.member(member).utf8))
        }
    }

    private mutating func append(_ type: RecordType, _ build: (inout ProtobufWriter) -> Void) {
        append(type, ProtobufWriter.message(build))
    }

    /// The checksum of a record is that of the data of all records so far.
    private mutating func append(_ type: RecordType, _ data: [UInt8]?) {
        if let data { checksum.update(data) }
        let record = ProtobufWriter.message { record in
            record.integer(1, type.rawValue)
            record.integer(2, UInt64(checksum.value))
            if let data { record.bytes(3, data) }
        }
        let padding = (8 - record.count % 8) % 8
        // Where there is padding, the highest byte of the length says how much.
        let length = UInt64(record.count) | (padding > 0 ? UInt64(0x80 | padding) << 56 : 0)
        bytes += length.littleEndianBytes + record + [UInt8](repeating: 0, count: padding)
    }
}
