import FoundationEssentials
import HTTP
import Text

/// Asks an etcd on this machine whether it has a key, over its JSON gateway (etcd v3.4
/// `Documentation/dev-guide/api_grpc_gateway.md`).
enum EtcdProbe {
    /// - Parameter key: `nil` to ask only whether it answers.
    /// - Returns: Whether it has the key; `nil` where none answers, or the URL is not of this machine.
    static func ask(_ url: String, _ key: String?) async -> Bool? {
        guard let base = HTTPBase(url), base.origin.isLoopback else { return nil }
        let connections = HTTPConnections()
        guard let key else {
            let response = try? await connections.response(to: HTTPRequest(.get, base.origin, target: "/health"))
            return response.map { $0.status == 200 }.flatMap { $0 ? true : nil }
        }
        let body = #"{"key":"\#(Data(key.utf8).base64EncodedString())"}"#
        // Of etcd 3.4 and later, and of 3.3.
        for path in ["/v3/kv/range", "/v3beta/kv/range"] {
            let request = HTTPRequest(.post, base.origin, target: path, body: Array(body.utf8))
            guard let response = try? await connections.response(to: request), response.status == 200,
                let range = try? JSONDecoder().decode(Range.self, from: Data(response.body))
            else { continue }
            return range.kvs?.isEmpty == false
        }
        return nil
    }

    private struct Range: Decodable {
        struct Pair: Decodable {}

        var kvs: [Pair]?
    }
}
