import Backups
import SidecarAPI
import Testing

@Suite("The header that names a cluster")
struct ClusterHeaderTests {
    @Test(
        "keeps every name, and is plain ASCII",
        arguments: [
            ClusterName("foo"), ClusterName("foo", namespace: "ns"), ClusterName("a b, c%"), ClusterName("größe"),
        ]
    )
    func roundTrip(_ cluster: ClusterName) {
        #expect(cluster.headerValue.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(ClusterName(headerValue: cluster.headerValue) == cluster)
    }

    @Test(
        "is nothing where it names none, or what no folder can be called",
        arguments: [
            "", "a/", "/b", "a/b/c", "%", "%4", "%zz", "%FF", "..%2F..%2Fetc", "..", "%1B%5D0;x%07",
            "x%0D%0ASet-Cookie: y",
        ]
    )
    func none(_ value: String) {
        #expect(ClusterName(headerValue: value) == nil)
    }
}
