/// The buckets of etcd that anything is read from.
enum EtcdBucket: String, Sendable {
    case alarm, auth, cluster, key, lease, members, meta

    init?(name: ArraySlice<UInt8>) {
        guard let text = String(validating: name, as: UTF8.self) else { return nil }
        self.init(rawValue: text)
    }
}
