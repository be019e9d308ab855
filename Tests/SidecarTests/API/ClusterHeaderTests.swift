import Backups
import SidecarAPI
import Testing

@Suite("The header that names a cluster")
struct ClusterHeaderTests {
    @Test(
        "keeps every name, and is plain ASCII",
        arguments: [
            ClusterName("foo"), ClusterName("foo", namespace: "ns"), ClusterName("a b/c%"), ClusterName("größe"),
            ClusterName("x\r\nSet-Cookie: y"),
        ]
    )
    func roundTrip(_ cluster: ClusterName) {
        #expect(cluster.headerValue.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(ClusterName(headerValue: cluster.headerValue) == cluster)
    }

    @Test("is nothing where it names none", arguments: ["", "a/", "/b", "a/b/c", "%", "%4", "%zz", "%FF"])
    func none(_ value: String) {
        #expect(ClusterName(headerValue: value) == nil)
    }
}
