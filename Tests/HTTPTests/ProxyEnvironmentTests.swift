import Testing

@testable import HTTP

@Suite("The proxy of the environment")
struct ProxyEnvironmentTests {
    private let origin = HTTPOrigin(isSecure: true, host: "s3.invalid")

    @Test(
        "is a host, with what may stand around it",
        arguments: [
            ("http://proxy.invalid:3128", "proxy.invalid", 3128, nil),
            ("proxy.invalid:3128", "proxy.invalid", 3128, nil),
            ("HTTP://proxy.invalid/", "proxy.invalid", 80, nil),
            ("http://me:se%40cret@proxy.invalid", "proxy.invalid", 80, "me se@cret"),
            ("me@proxy.invalid:1", "proxy.invalid", 1, "me "),
            ("http://[::1]:8080", "[::1]", 8080, nil),
        ]
    )
    func values(value: String, host: String, port: Int, credentials: String?) throws {
        let proxy = try #require(try ProxyEnvironment(["HTTPS_PROXY": value]).proxy(for: origin))
        #expect(proxy.host == host && proxy.port == port)
        #expect(proxy.credentials.map { "\($0.user) \($0.password)" } == credentials)
    }

    @Test("is the lower-case variable's where both are set, and none where that is empty")
    func variables() throws {
        let both = ["HTTPS_PROXY": "upper.invalid", "https_proxy": "lower.invalid"]
        #expect(try ProxyEnvironment(both).proxy(for: origin)?.host == "lower.invalid")
        #expect(try ProxyEnvironment(["HTTPS_PROXY": "upper.invalid", "https_proxy": ""]).proxy(for: origin) == nil)
        #expect(try ProxyEnvironment(["HTTP_PROXY": "plain.invalid"]).proxy(for: origin) == nil)
    }

    @Test(
        "is refused where it can't be used, and its password is not shown",
        arguments: [
            ("https://me:SECRET@proxy.invalid", "'https://' proxies are not supported"),
            ("socks5://me:SECRET@proxy.invalid:1080", "'socks5://' proxies are not supported"),
            ("http://me:SECRET@", "it is not written as http://user:password@host:port"),
            ("http://me:%FF@proxy.invalid", "it is not written as http://user:password@host:port"),
            ("http://proxy.invalid:0", "it is not written as http://user:password@host:port"),
        ]
    )
    func refused(value: String, reason: String) throws {
        let environment = ProxyEnvironment(["https_proxy": value, "NO_PROXY": "other.invalid"])
        let error = try #require(throws: ProxyError.self) { try environment.proxy(for: origin) }
        #expect(error.description == "cannot use the proxy that https_proxy names: \(reason)")
        // What does not go through it is not its matter.
        #expect(try environment.proxy(for: HTTPOrigin(isSecure: true, host: "other.invalid")) == nil)
        #expect(try environment.proxy(for: HTTPOrigin(isSecure: false, host: "s3.invalid")) == nil)
    }

    @Test("keeps its password to itself where it is printed or dumped")
    func secrets() throws {
        let proxy = try HTTPProxy("http://me:SECRET@proxy.invalid")
        var dumped = ""
        dump(proxy, to: &dumped)
        #expect(!"\(proxy) \(String(reflecting: proxy)) \(dumped)".contains("SECRET"))
    }
}
