import Restore
import Snapshot
import SnapshotTesting
import Testing

@Suite("The members of a new cluster")
struct InitialClusterTests {
    @Test(
        "come to ids that spelling counts for",
        arguments: [
            ("a=http://localhost:2380", "a=HTTP://localhost:2380", true),
            ("a=http://localhost:2380", "a= http://localhost:2380 ", true),
            ("a=http://localhost:2380", ",a=http://localhost:2380,", true),
            ("a=http://localhost:2380", "b=http://localhost:2380", true),
            ("a=http://h:1,a=http://h:2", "a=http://h:2,a=http://h:1", true),
            ("a=http://localhost:2380", "a=http://LOCALHOST:2380", false),
            ("a=http://localhost:1", "a=http://localhost:01", false),
            ("a=http://localhost:2380", "a=https://localhost:2380", false),
            ("a=http://[::1]:2380", "a=http://[0:0::1]:2380", false),
        ]
    )
    func spelling(_ example: (one: String, other: String, areSame: Bool)) throws {
        let one = try InitialCluster(example.one, token: "t")
        let other = try InitialCluster(example.other, token: "t")
        #expect((one.id == other.id) == example.areSame)
        #expect((one.members.map(\.id) == other.members.map(\.id)) == example.areSame)
        #expect(try InitialCluster(example.one, token: "u").id != one.id)
    }

    @Test("are in the order of their ids")
    func order() throws {
        let cluster = try InitialCluster("a=http://h:1,b=http://h:2,c=http://h:3,d=http://h:4", token: "")
        #expect(cluster.members.map(\.id) == cluster.members.map(\.id).sorted())
        #expect(Set(cluster.members.map(\.name)) == ["a", "b", "c", "d"])
    }

    @Test(
        "are refused with the reason",
        arguments: [
            ("", "the list of members is empty"),
            ("a", "'a' has no URL in the list of members"),
            ("a=", "'' can't be a peer URL of 'a': it has no scheme, as http:// is one"),
            ("a=localhost:2380", "'localhost:2380' can't be a peer URL of 'a': it has no scheme, as http:// is one"),
            ("a=ftp://h:1", "'ftp://h:1' can't be a peer URL of 'a': its scheme is none of http, https, unix, unixs"),
            ("a=http://h:1/", "'http://h:1/' can't be a peer URL of 'a': it has a path, be it only a '/'"),
            ("a=http://h", "'http://h' can't be a peer URL of 'a': it has no port"),
            ("a=http://h:", "'http://h:' can't be a peer URL of 'a': it has no port"),
            ("a=http://h:99999", "'http://h:99999' can't be a peer URL of 'a': there is no port 99999"),
            ("a=http://u@h:1", "'http://u@h:1' can't be a peer URL of 'a': it has a user's name in it"),
            ("a=http://h:1?x", "'http://h:1?x' can't be a peer URL of 'a': it has a query or a fragment"),
            ("a=http://h h:1", "'http://h h:1' can't be a peer URL of 'a': 'h h' is no host"),
            ("a=http://h:1,b=HTTP://h:1", "'a' and 'b' both have http://h:1"),
            ("a=http://h:1,a=http://h:1", "'a' has http://h:1 twice"),
        ]
    )
    func refused(_ example: (text: String, reason: String)) {
        let error = #expect(throws: InitialClusterError.self) { try InitialCluster(example.text, token: "") }
        #expect(error?.description == example.reason)
    }

    @Test("are known by name, and must advertise what is listed")
    func members() throws {
        let cluster = try InitialCluster("a=http://h:1,a=http://h:2,b=http://h:3", token: "")
        #expect(
            try cluster.member(named: "a", advertising: "http://h:2,http://h:1").peerURLs == [
                "http://h:1", "http://h:2",
            ]
        )
        #expect(
            throws: InitialClusterError.otherURLs(
                name: "a",
                advertised: ["http://h:1"],
                listed: ["http://h:1", "http://h:2"]
            )
        ) {
            try cluster.member(named: "a", advertising: "http://h:1")
        }
        #expect(throws: InitialClusterError.unknownName(name: "c", known: cluster.members.map(\.name))) {
            try cluster.member(named: "c")
        }
    }
}
