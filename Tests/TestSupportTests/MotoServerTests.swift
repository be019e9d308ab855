import TestSupport
import Testing

@Suite(.ownThread) struct MotoServerTests {
    @Test func keepsVersionsAndStorageClasses() throws {
        let server = try MotoServer()
        try server.makeBucket("backups")
        try server.enableVersioning(bucket: "backups")
        let first = try #require(try server.put(bucket: "backups", key: "odd/a b+c", bytes: "one".utf8))
        let second = try #require(try server.put(bucket: "backups", key: "odd/a b+c", bytes: "two".utf8))
        #expect(first != second)
        let marker = try #require(try server.delete(bucket: "backups", key: "odd/a b+c"))

        let versions = try server.send("GET", "/backups?versions").text
        for id in [first, second, marker] { #expect(versions.contains("<VersionId>\(id)</VersionId>")) }
        #expect(versions.contains("<Key>odd/a b+c</Key>"))
        #expect(try server.send("GET", "/backups/odd/a%20b%2Bc?versionId=\(first)").text == "one")

        try server.put(bucket: "backups", key: "cold", bytes: "ice".utf8, storageClass: "GLACIER")
        #expect(try server.send("HEAD", "/backups/cold").headers["x-amz-storage-class"] == "GLACIER")
        #expect(try server.send("GET", "/backups/cold").text.contains("InvalidObjectState"))
    }
}
