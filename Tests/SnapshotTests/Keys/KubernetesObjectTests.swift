import Snapshot
import Testing

@Suite("A value that Kubernetes wrote")
struct KubernetesObjectTests {
    /// A protobuf field of bytes.
    private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }

    private func value(kind: String, namespace: String, name: String, secret: String = "") -> [UInt8] {
        let metadata =
            field(1, Array(name.utf8)) + field(2, []) + (namespace.isEmpty ? [] : field(3, Array(namespace.utf8)))
        let object = field(1, metadata) + field(2, Array(secret.utf8))
        let type = field(1, Array("v1".utf8)) + field(2, Array(kind.utf8))
        return Array("k8s".utf8) + [0] + field(1, type) + field(2, object) + field(3, []) + field(4, [])
    }

    @Test("tells its kind, namespace and name")
    func told() throws {
        let secret = try #require(
            KubernetesObject(value: value(kind: "Secret", namespace: "prod", name: "db", secret: "x"))
        )
        #expect(secret.kind == "Secret" && secret.namespace == "prod" && secret.name == "db")
        let node = try #require(KubernetesObject(value: value(kind: "Node", namespace: "", name: "n1")))
        #expect(node.kind == "Node" && node.namespace.isEmpty && node.name == "n1")
    }

    @Test("that is cut off, or none, tells nothing, and ends nobody's program")
    func cut() {
        let whole = value(kind: "Secret", namespace: "prod", name: "db", secret: "hidden")
        for count in 0..<whole.count {
            // What follows the object is not needed to tell its name.
            let name = KubernetesObject(value: Array(whole.prefix(count)))?.name ?? ""
            #expect(name.isEmpty || name == "db" && count >= whole.count - 4)
        }
        #expect(KubernetesObject(value: Array("{\"kind\":\"Pod\"}".utf8)) == nil)
        #expect(KubernetesObject(value: Array("k8s".utf8) + [0] + [UInt8](repeating: 0xFF, count: 40)) == nil)
    }
}
