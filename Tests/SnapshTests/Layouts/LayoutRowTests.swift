import Foundation
import TestSupport
import Testing

/// Each layout, from recognising it to a verified snapshot.
@Suite(.ownThread) struct LayoutRowTests {
    /// A bucket of all trees on rclone's server, and one on moto.
    private struct Buckets: Sendable {
        static let bucket = "layouts"
        let rclone: RcloneServer
        let moto: MotoServer

        private static let made = Result { try Buckets() }

        static func shared() throws -> Buckets { try made.get() }

        private init() throws {
            rclone = try RcloneServer()
            moto = try MotoServer.shared()
            try moto.makeBucket(Self.bucket)
            for (path, bytes) in try LayoutTrees.shared().files() {
                try rclone.put(bucket: Self.bucket, key: path, bytes: bytes)
                try moto.put(bucket: Self.bucket, key: path, bytes: bytes)
            }
        }

        func environment(_ endpoint: String, _ accessKeyID: String, _ secret: String) -> [String: String] {
            [
                "AWS_ACCESS_KEY_ID": accessKeyID, "AWS_SECRET_ACCESS_KEY": secret, "AWS_ENDPOINT_URL": endpoint,
                "AWS_EC2_METADATA_DISABLED": "true",
            ]
        }
    }

    @Test func `the trees are there, with a row for each layout`() throws {
        let trees = try LayoutTrees.shared()
        #expect(trees.rows.count > 60)
        #expect(Set(trees.rows.map(\.layout)).count == 26)
    }

    /// Namespaces are in buckets only.
    @Test(arguments: LayoutTrees.rows.filter { $0.cluster?.contains("/") != true })
    func `is found, listed, picked, got and verified in a folder`(row: LayoutRow) throws {
        let trees = try LayoutTrees.shared()
        try row.check("use pv '\(trees.path)/\(row.tree)/\(row.place)'", program: Program())
    }

    @Test(arguments: LayoutTrees.rows.filter { !$0.isDisk && $0.hasTimesInNames })
    func `is found, listed, picked, got and verified in a bucket of rclone's server`(row: LayoutRow) throws {
        let buckets = try Buckets.shared()
        let server = buckets.rclone
        try row.check(
            "use s3 '\(Buckets.bucket)/\(row.tree)/\(row.place)'",
            program: Program(),
            environment: buckets.environment(server.endpoint, server.accessKeyID, server.secretAccessKey)
        )
    }

    @Test(arguments: LayoutTrees.rows.filter { !$0.isDisk && $0.hasTimesInNames })
    func `is found, listed, picked, got and verified in a bucket of moto`(row: LayoutRow) throws {
        let buckets = try Buckets.shared()
        let server = buckets.moto
        try row.check(
            "use s3 '\(Buckets.bucket)/\(row.tree)/\(row.place)'",
            program: Program(),
            environment: buckets.environment(server.endpoint, server.accessKeyID, server.secretAccessKey)
        )
    }
}

extension LayoutRow {
    /// Of the others, the time is that of the file: what is put into a bucket has a new one.
    fileprivate var hasTimesInNames: Bool { !["plain", "vcluster"].contains(layout) }
}
