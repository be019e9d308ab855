import Backups
import TestSupport
import Testing

@testable import S3Store

@Suite("A bucket of a server that checks signatures", .ownThread)
struct S3StoreTests {
    @Test("reads keys that are awkward to sign")
    func awkwardKeys() async throws {
        let bucket = try S3Bucket()
        let keys = [
            "a b", "a+b", "a%2Fb", "a%b", "größe/ключ/🔑", "a~b!c'd(e)f*g", "a?b&c=d#e@f", "a;b,c:d$e", "e\u{301}",
        ]
        for key in keys { try bucket.put("v1/" + key, Array(key.utf8)) }
        let store = try await bucket.store()
        let listed = try await store.list(ListRequest(prefix: "v1/")).entries
        #expect(Set(listed.map { Array($0.key.utf8) }) == Set(keys.map { Array("v1/\($0)".utf8) }))
        for entry in listed {
            #expect(try await store.stat(entry.key) == entry)
            var bytes: [UInt8] = []
            try await store.read(entry, range: 0..<entry.byteCount) { bytes += $0 }
            #expect(bytes.elementsEqual(entry.key.utf8.dropFirst("v1/".utf8.count)), "\(entry.key)")
        }
    }

    @Test("has clusters at the top, in namespaces, and below a prefix")
    func namespaces() async throws {
        let bucket = try S3Bucket()
        for folder in ["v1/foo", "v1/prod/foo", "v1/prod/bar", "deep/er/v1/baz"] {
            try bucket.put("\(folder)/3.4.23_000000000000000f_etcd.backup", [1])
        }
        let top = try await bucket.source().clusters().clusters.map(\.description)
        #expect(top == ["foo", "prod/bar", "prod/foo"])
        for prefix in ["deep/er", "deep/er/v1"] {
            #expect(try await bucket.source(prefix: prefix).clusters().clusters.map(\.description) == ["baz"])
        }
        let backups = try await bucket.source().backups(of: ClusterName("foo", namespace: "prod")).backups
        #expect(backups.map(\.entry?.key) == ["v1/prod/foo/3.4.23_000000000000000f_etcd.backup"])
    }
}
