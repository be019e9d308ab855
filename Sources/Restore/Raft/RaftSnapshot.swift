import Snapshot

/// The raft snapshot of a new cluster: a file of its own, without which a member that is added later gets the log in
/// the place of the data, and stays silently empty.
///
/// `snappb.Snapshot{1 crc, 2 data}` around `raftpb.Snapshot{1 data, 2 metadata}` (etcd v3.5.1
/// `server/etcdserver/api/snap/snapshotter.go`, `raft/raftpb/raft.proto`); its data are the members, as etcd's old
/// store writes itself (`server/etcdserver/api/v2store/store.go`), without what is nothing there.
enum RaftSnapshot {
    /// Term and index, 16 digits each.
    static func fileName(_ cluster: InitialCluster) -> String {
        "0000000000000001-\(sixteenDigits(UInt64(cluster.members.count))).snap"
    }

    static func bytes(_ cluster: InitialCluster) -> [UInt8] {
        let data = ProtobufWriter.message { snapshot in
            snapshot.bytes(1, Array(store(cluster).utf8))
            snapshot.bytes(
                2,
                ProtobufWriter.message { metadata in
                    metadata.bytes(1, ConfState.bytes(cluster))
                    metadata.integer(2, UInt64(cluster.members.count))
                    metadata.integer(3, 1)
                }
            )
        }
        return ProtobufWriter.message { file in
            file.integer(1, UInt64(CRC32C.value(of: data)))
            file.bytes(2, data)
        }
    }

    /// The members in the form of etcd's old store.
    static func store(_ cluster: InitialCluster) -> String {
        let members = cluster.members.map { member in
            let path = "/0/members/\(hex(member.id))"
            let attributes = MemberJSON.quoted(MemberJSON.raftAttributes(member))
            return "\"\(hex(member.id))\":{\"Path\":\"\(path)\",\"Children\":{\"raftAttributes\":"
                + "{\"Path\":\"\(path)/raftAttributes\",\"Value\":\(attributes)}}}"
        }
        return "{\"Root\":{\"Path\":\"/\",\"Children\":{\"0\":{\"Path\":\"/0\",\"Children\":{\"members\":"
            + "{\"Path\":\"/0/members\",\"Children\":{\(members.joined(separator: ","))}}}},"
            + "\"1\":{\"Path\":\"/1\",\"Children\":{}}}}}"
    }
}

/// 16 hexadecimal digits, as file names have them.
func sixteenDigits(_ number: UInt64) -> String {
    let digits = hex(number)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
