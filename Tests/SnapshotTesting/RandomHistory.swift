package import TestSupport

/// Writes that come at random, but the same for the same seed.
package struct RandomHistory {
    private var random: SplitMix
    private let client: EtcdClient
    private var leases: [Int64] = []

    package init(seed: UInt64, on client: EtcdClient) {
        random = SplitMix(state: seed)
        self.client = client
    }

    /// Puts, deletions, transactions and leases.
    package mutating func write(_ count: Int) throws {
        for _ in 0..<count {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<11: try client.change([put()])
            case 11..<14: try client.change([EtcdClient.Change(key(), nil)])
            case 14..<17:
                // No key may be changed twice in one transaction.
                let keys = Set((0..<6).map { _ in key() })
                try client.change(
                    keys.sorted().map { key in
                        Bool.random(using: &random) ? EtcdClient.Change(key, nil) : put(key)
                    }
                )
            case 17: try client.delete(prefix: "/registry/\(Int.random(in: 0..<4, using: &random))/1")
            default:
                let id = Int64.random(in: 1...Int64.max, using: &random)
                try client.grantLease(seconds: 86400, id: id)
                leases.append(id)
                try client.change([put()])
            }
        }
    }

    private mutating func key() -> String {
        "/registry/\(Int.random(in: 0..<4, using: &random))/\(Int.random(in: 0..<40, using: &random))"
    }

    private mutating func put(_ key: String? = nil) -> EtcdClient.Change {
        let greatest = Int.random(in: 0..<12, using: &random) == 0 ? 100_000 : 400
        return EtcdClient.Change(
            key ?? self.key(),
            value(byteCount: Int.random(in: 0...greatest, using: &random)),
            lease: Int.random(in: 0..<3, using: &random) == 0 ? leases.last ?? 0 : 0
        )
    }

    package mutating func value(byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}
