import Foundation

/// Talks to an etcd by its JSON gateway (etcd v3.4.23 `etcdserver/etcdserverpb/rpc.proto`).
public struct EtcdClient: Sendable {
    public let origin: String

    /// A key as etcd tells of it.
    public struct Key: Sendable, Equatable {
        public var key: [UInt8]
        public var value: [UInt8]
        public var createRevision: Int64
        public var modRevision: Int64
        public var version: Int64
        public var lease: Int64

        public init(
            key: [UInt8],
            value: [UInt8],
            createRevision: Int64,
            modRevision: Int64,
            version: Int64,
            lease: Int64
        ) {
            self.key = key
            self.value = value
            self.createRevision = createRevision
            self.modRevision = modRevision
            self.version = version
            self.lease = lease
        }
    }

    public struct Change {
        public var key: String
        /// `nil` deletes it.
        public var value: [UInt8]?
        public var lease: Int64 = 0

        public init(_ key: String, _ value: [UInt8]?, lease: Int64 = 0) {
            self.key = key
            self.value = value
            self.lease = lease
        }

        fileprivate var request: [String: Any] {
            let key = Data(key.utf8).base64EncodedString()
            guard let value else { return ["requestDeleteRange": ["key": key]] }
            return ["requestPut": ["key": key, "value": Data(value).base64EncodedString(), "lease": "\(lease)"]]
        }
    }

    /// Makes all changes in one transaction, which is one revision.
    ///
    /// - Returns: The revision.
    @discardableResult
    public func change(_ changes: [Change]) throws -> Int64 {
        try Self.revision(post("/v3/kv/txn", ["success": changes.map(\.request)]))
    }

    /// Deletes all keys that begin so.
    public func delete(prefix: String) throws {
        var end = Array(prefix.utf8)
        end[end.count - 1] += 1
        try post(
            "/v3/kv/deleterange",
            ["key": Data(prefix.utf8).base64EncodedString(), "range_end": Data(end).base64EncodedString()]
        )
    }

    /// All keys, in order, as of a revision.
    public func keys(at revision: Int64 = 0) throws -> [Key] {
        let all = Data([0]).base64EncodedString()
        let answer = try post("/v3/kv/range", ["key": all, "range_end": all, "revision": "\(revision)"])
        return (answer["kvs"] as? [[String: Any]] ?? []).map { pair in
            func bytes(_ name: String) -> [UInt8] { Array(Data(base64Encoded: pair[name] as? String ?? "") ?? Data()) }
            return Key(
                key: bytes("key"),
                value: bytes("value"),
                createRevision: Self.number(pair["create_revision"]),
                modRevision: Self.number(pair["mod_revision"]),
                version: Self.number(pair["version"]),
                lease: Self.number(pair["lease"])
            )
        }
    }

    public func revision() throws -> Int64 {
        try Self.revision(post("/v3/maintenance/status", [:]))
    }

    public func compact(at revision: Int64) throws {
        try post("/v3/kv/compaction", ["revision": "\(revision)", "physical": true])
    }

    public func grantLease(seconds: Int64, id: Int64) throws {
        try post("/v3/lease/grant", ["TTL": "\(seconds)", "ID": "\(id)"])
    }

    public func leases() throws -> [Int64] {
        let answer = try post("/v3/lease/leases", [:])
        return (answer["leases"] as? [[String: Any]] ?? []).map { Self.number($0["ID"]) }.sorted()
    }

    public func defragment() throws {
        try post("/v3/maintenance/defragment", [:])
    }

    /// The ids of all members, with their peer URLs.
    public func members() throws -> [UInt64: [String]] {
        let answer = try post("/v3/cluster/member/list", [:])
        var members: [UInt64: [String]] = [:]
        for member in answer["members"] as? [[String: Any]] ?? [] {
            members[(member["ID"] as? String).flatMap { UInt64($0) } ?? 0] = member["peerURLs"] as? [String] ?? []
        }
        return members
    }

    /// A change of members is lost, and never answered, while the cluster looks for a leader.
    private static let memberTimeLimit = 3

    public func removeMember(_ id: UInt64) throws {
        try post("/v3/cluster/member/remove", ["ID": "\(id)"], timeLimit: Self.memberTimeLimit)
    }

    public func addMember(peerURL: String) throws {
        try post("/v3/cluster/member/add", ["peerURLs": [peerURL]], timeLimit: Self.memberTimeLimit)
    }

    /// What the first answers to a watch from a revision say: the revision up to which history is compacted, where it
    /// is gone, or events.
    ///
    /// - Parameter patience: How long nothing may come, in seconds.
    public func watch(from revision: Int64, patience: Int = 10) throws -> String {
        let request: [String: Any] = [
            "create_request": [
                "key": Data([0]).base64EncodedString(), "range_end": Data([0]).base64EncodedString(),
                "start_revision": "\(revision)",
            ]
        ]
        let body = Array(try JSONSerialization.data(withJSONObject: request))
        return try HTTPProbe.begin("POST", to: origin, "/v3/watch", body: body, timeLimit: patience) {
            $0.contains("canceled") || $0.contains("events")
        }
    }

    /// - Throws: `PartFailure` with etcd's own words where it refuses.
    @discardableResult
    public func post(_ target: String, _ request: [String: Any], timeLimit: Int = 60) throws -> [String: Any] {
        let body = Array(try JSONSerialization.data(withJSONObject: request))
        let answer = try HTTPProbe.send("POST", to: origin, target, body: body, timeLimit: timeLimit)
        guard answer.status == 200 else { throw PartFailure("\(target): \(answer.status): \(answer.text)") }
        return try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any] ?? [:]
    }

    private static func revision(_ answer: [String: Any]) -> Int64 {
        number((answer["header"] as? [String: Any])?["revision"])
    }

    /// 64-bit numbers come as texts, smaller ones as numbers.
    private static func number(_ value: Any?) -> Int64 {
        if let text = value as? String { return Int64(text) ?? UInt64(text).map { Int64(bitPattern: $0) } ?? 0 }
        return (value as? NSNumber)?.int64Value ?? 0
    }
}
