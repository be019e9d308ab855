/// An alarm that a member has raised (etcd v3.4.23 `etcdserver/etcdserverpb/rpc.proto`, `AlarmMember`).
public struct Alarm: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The database has outgrown its quota: nothing is written until it is disarmed.
        case noSpace
        /// The member's data differ from the others'.
        case corrupt
        case other(UInt64)
    }

    public var member: UInt64
    public var kind: Kind

    /// `nil` where the bytes are no alarm.
    init?(_ bytes: PageBytes, in range: Range<Int>) {
        var reader = ProtobufReader(bytes, in: range)
        member = 0
        var number: UInt64 = 0
        do {
            while let field = try reader.next() {
                switch field {
                case (1, .integer(let id)): member = id
                case (2, .integer(let kind)): number = kind
                default: continue
                }
            }
        } catch {
            return nil
        }
        kind =
            switch number {
            case 1: .noSpace
            case 2: .corrupt
            default: .other(number)
            }
    }
}

extension Alarm.Kind: CustomStringConvertible {
    /// As etcdctl writes it: `NOSPACE`.
    public var description: String {
        switch self {
        case .noSpace: "NOSPACE"
        case .corrupt: "CORRUPT"
        case .other(let number): "alarm \(number)"
        }
    }
}
