import FoundationEssentials

/// A downgrade that the cluster has agreed on (etcd v3.5.1 `server/etcdserver/api/membership/downgrade.go`).
struct Downgrade: Decodable {
    private var targetVersion: String?
    private var enabled: Bool

    private enum CodingKeys: String, CodingKey {
        case targetVersion = "target-version"
        case enabled
    }

    /// The version that it leads to, where it is not finished.
    var target: String? { enabled ? targetVersion ?? "" : nil }

    /// - Parameter json: As it stands in the bucket `cluster`; `nil` where it is something else.
    init?(json: ArraySlice<UInt8>) {
        guard let downgrade = try? JSONDecoder().decode(Downgrade.self, from: Data(json)) else { return nil }
        self = downgrade
    }
}
