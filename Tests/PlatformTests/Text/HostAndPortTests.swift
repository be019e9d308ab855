import Testing
import Text

@Suite("A host and a port")
struct HostAndPortTests {
    @Test(
        "are read and written alike",
        arguments: [
            ("10.0.0.1:2379", "10.0.0.1", 2379, false), ("127.0.0.1:19999", "127.0.0.1", 19999, true),
            (":80", "", 80, false), ("[::1]:0", "::1", 0, true), ("[::1]", "::1", nil, true),
            ("[2001:db8::7]:443", "2001:db8::7", 443, false), ("[fe80::1%eth0]:1", "fe80::1%eth0", 1, false),
            ("[::ffff:10.0.0.1]:1", "::ffff:10.0.0.1", 1, false), ("localhost:1", "localhost", 1, true),
            ("etcd-0.etcd_peers", "etcd-0.etcd_peers", nil, false), ("0.0.0.0:65535", "0.0.0.0", 65535, false),
            ("127.1.evil.test:1", "127.1.evil.test", 1, false), ("127.0.0.256", "127.0.0.256", nil, false),
            ("LOCALHOST", "LOCALHOST", nil, true), ("", "", nil, false),
        ] as [(String, String, UInt16?, Bool)]
    )
    func read(text: String, host: String, port: UInt16?, isLoopback: Bool) throws {
        let address = try #require(HostAndPort(text))
        #expect(address == HostAndPort(host: host, port: port))
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test(
        "what is neither is refused",
        arguments: [
            "host:", "host:65536", "host:-1", "host:+80", "host:0x50", "host:٨٠", "::1", "::1:80", "a b:1",
            "http://h:1",
            "[::1", "::1]:80", "[]:80", "[host]:80", "[::1]80", "[::1]x:80", "[::g]:80", "[fe80::1%]:80", "a/b:1",
            "user@host:1", "hôte:1", "a%eth0:1", "[[::1]]:1",
        ]
    )
    func refused(text: String) {
        #expect(HostAndPort(text) == nil)
    }
}
