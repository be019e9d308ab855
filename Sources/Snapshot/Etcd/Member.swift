import FoundationEssentials

/// A member of the cluster, as its members wrote it down (etcd v3.4.23 `etcdserver/api/membership/member.go`).
public struct Member: Sendable, Equatable, Decodable {
    public var id: UInt64
    /// Empty in a member that never started.
    public var name: String
    public var peerURLs: [String]
    public var clientURLs: [String]
    /// Whether it takes part without a vote.
    public var isLearner: Bool

    private enum CodingKeys: String, CodingKey {
        case id, name, peerURLs, clientURLs, isLearner
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UInt64.self, forKey: .id)
        name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
        peerURLs = try container.decodeIfPresent([String].self, forKey: .peerURLs) ?? []
        clientURLs = try container.decodeIfPresent([String].self, forKey: .clientURLs) ?? []
        isLearner = try container.decodeIfPresent(Bool.self, forKey: .isLearner) ?? false
    }

    /// - Parameter json: As it stands in the bucket `members`; `nil` where it is no member.
    init?(json: ArraySlice<UInt8>) {
        guard let member = try? JSONDecoder().decode(Member.self, from: Data(json)) else { return nil }
        self = member
    }
}
