import TestSupport
import Testing

@Suite(.ownThread) struct RcloneServerTests {
    @Test func refusesTheUnsigned() throws {
        let server = try RcloneServer()
        try server.put(bucket: "backups", key: "v1/foo/a", bytes: "one".utf8)
        #expect(try HTTPProbe.send(to: server.endpoint, "/backups/v1/foo/a").status == 400)
    }

    @Test func seesAtOnceWhatChangesOnDisk() throws {
        let server = try RcloneServer(checksSignatures: false)
        func read() throws -> String { try HTTPProbe.send(to: server.endpoint, "/backups/v1/foo/a").text }

        try server.put(bucket: "backups", key: "v1/foo/a", bytes: "one".utf8)
        #expect(try read() == "one")
        try server.put(bucket: "backups", key: "v1/foo/a", bytes: "two".utf8)
        #expect(try read() == "two")
        try server.put(bucket: "backups", key: "v1/foo/b", bytes: "b".utf8)
        #expect(try HTTPProbe.send(to: server.endpoint, "/backups?list-type=2").text.contains("<Key>v1/foo/b</Key>"))
        try server.remove(bucket: "backups", key: "v1/foo/a")
        #expect(try read().contains("NoSuchKey"))
    }

    @Test func stops() throws {
        let server = try RcloneServer()
        server.stop()
        #expect(throws: PartFailure.self) { try HTTPProbe.send(to: server.endpoint, "/") }
    }
}
