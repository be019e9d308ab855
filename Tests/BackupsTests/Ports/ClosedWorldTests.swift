import Backups
import Testing
import Text

@Suite("A closed world")
struct ClosedWorldTests {
    private let world = ClosedWorld(
        name: "service-gone",
        folder: "/s",
        folders: ["/var/etcd-backup": "/s/volume", "/var/etcd-backup/v1/bar": "/s/other", "/mnt": "/s/mnt"],
        ports: [HostAndPort(host: "foo-backup-sidecar", port: 19999): 4000],
        closedPorts: [HostAndPort(host: "bar-backup-sidecar", port: 19999)],
        home: "/s/home"
    )

    @Test("has what leads out of it taken from the environment, and all else kept")
    func environment() {
        let process = [
            "AWS_CONFIG_FILE": "/real", "AWS_PROFILE": "prod", "HTTPS_PROXY": "http://p", "no_proxy": "x",
            "All_Proxy": "y", "ETCDCTL_ENDPOINTS": "real:2379", "ETCD_DATA_DIR": "/real", "KUBECONFIG": "/real",
            "KUBERNETES_SERVICE_HOST": "10.0.0.1", "RCLONE_CONFIG": "/real", "XDG_CONFIG_HOME": "/real",
            "HOME": "/root", "PWD": "/real", "PATH": "/bin", "TERM": "xterm", "LANG": "C.UTF-8", "USER": "ann",
            "LAWS_": "kept", "PROXY_NAME": "kept",
        ]
        #expect(
            ClosedWorld.environment(of: process, home: "/s/home", adding: ["AWS_REGION": "us-east-1"]) == [
                "HOME": "/s/home", "PATH": "/bin", "TERM": "xterm", "LANG": "C.UTF-8", "USER": "ann",
                "LAWS_": "kept", "PROXY_NAME": "kept", "AWS_REGION": "us-east-1",
            ]
        )
    }

    @Test(
        "knows its folders by their names, the longest first",
        arguments: [
            ("/var/etcd-backup", "/s/volume"), ("/var//etcd-backup/", "/s/volume"),
            ("/var/etcd-backup/v1/foo", "/s/volume/v1/foo"), ("/var/./x/../etcd-backup/v1/bar/a", "/s/other/a"),
            ("/mnt/var/etcd-backup", "/s/mnt/var/etcd-backup"), ("/var/etcd-backups", nil), ("/var", nil), ("/", nil),
            ("/var/etcd-backup/..", nil), ("var/etcd-backup", nil),
        ] as [(String, String?)]
    )
    func places(name: String, place: String?) {
        #expect(world.place(of: name) == place)
    }

    @Test("contains what lies below its folder, and nothing beside it")
    func contents() {
        for path in ["/s", "/s/", "/s/in/a"] { #expect(world.contains(path)) }
        for path in ["/", "/sx", "/s/../t", "s/work", "/t/s", "/s/../\u{301}t"] { #expect(!world.contains(path)) }
    }

    @Test("leads to its own ports, by a service's full name, too, and to nothing else")
    func routes() {
        func route(_ host: String, _ port: UInt16 = 19999) -> ClosedWorld.Route {
            world.route(to: HostAndPort(host: host, port: port))
        }
        #expect(route("foo-backup-sidecar") == .port(4000))
        #expect(route("FOO-backup-sidecar") == .port(4000))
        #expect(route("foo-backup-sidecar.prod.svc.cluster.local") == .port(4000))
        #expect(route("bar-backup-sidecar.prod.svc.cluster.local") == .refused)
        #expect(route("foo-backup-sidecar", 80) == .outside)
        #expect(route("foo-backup-sidecar.prod.example.org") == .outside)
        #expect(route("baz-backup-sidecar") == .outside)
        #expect(route("127.0.0.1", 4000) == .outside)
    }

    @Test("says how to leave it")
    func error() {
        let error = ClosedWorldError(.reach, "https://s3.amazonaws.com", in: world)
        #expect("\(error)" == "cannot reach https://s3.amazonaws.com from the drill service-gone")
        #expect(error.category == .unreachable)
        #expect(error.nextStep == "check the name; to reach what is outside, leave the drill first: \(.leaveDrill)")
        #expect("\(ClosedWorldError(.write, "/x\n", in: world))" == #"cannot write /x\n from the drill service-gone"#)
    }
}
