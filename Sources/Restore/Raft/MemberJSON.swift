/// Text as Go's `encoding/json` writes it: the ids of nothing depend on it, but what is compared byte for byte does.
enum MemberJSON {
    /// A member as it stands in the bucket `members` and in the log:
    /// `{"id":1,"peerURLs":["http://…"],"name":"m1"}` (etcd v3.5.1 `server/etcdserver/api/membership/member.go`).
    static func member(_ member: InitialCluster.Member) -> String {
        "{\"id\":\(member.id),\"peerURLs\":\(list(member.peerURLs)),\"name\":\(quoted(member.name))}"
    }

    /// `{"peerURLs":["http://…"]}`
    static func raftAttributes(_ member: InitialCluster.Member) -> String {
        "{\"peerURLs\":\(list(member.peerURLs))}"
    }

    static func list(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ",") + "]"
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
