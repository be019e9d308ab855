/// Who votes in a new cluster: all its members (etcd v3.5.1 `raft/raftpb/raft.proto`, `ConfState`).
enum ConfState {
    /// As it stands in the log and in the raft snapshot.
    static func bytes(_ cluster: InitialCluster) -> [UInt8] {
        ProtobufWriter.message { message in
            for member in cluster.members { message.integer(1, member.id) }
            message.integer(5, 0)
        }
    }

    /// As it stands in the bucket `meta`.
    static func json(_ cluster: InitialCluster) -> String {
        "{\"voters\":[\(cluster.members.map { "\($0.id)" }.joined(separator: ","))],\"auto_leave\":false}"
    }
}
