import Foundation
import TestSupport

/// A program in a folder of its own, with a bucket on a server that checks signatures.
struct BucketWorkplace {
    static let bucket = "backups"
    let program: Program
    let server: RcloneServer

    init() throws {
        program = try Program()
        server = try RcloneServer()
        try server.makeBucket(Self.bucket)
    }

    var environment: [String: String] { environment(endpoint: server.endpoint) }

    func environment(endpoint: String) -> [String: String] {
        [
            "AWS_ACCESS_KEY_ID": server.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.secretAccessKey,
            "AWS_ENDPOINT_URL": endpoint, "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    /// Adds a backup, a real snapshot where nothing else is given.
    ///
    /// - Returns: Its name.
    @discardableResult
    func add(_ revision: Int64, cluster: String = "foo", content: [UInt8]? = nil) throws -> String {
        let digits = String(revision, radix: 16)
        let name = "3.4.23_\(String(repeating: "0", count: 16 - digits.count))\(digits)_etcd.backup"
        let bytes = try content ?? Fixture.snapshot(reaching: revision)
        try server.put(bucket: Self.bucket, key: "v1/\(cluster)/\(name)", bytes: bytes)
        return name
    }

    /// Runs a text with the environment of the server, and whatever stands there beside it.
    func run(_ text: String, environment more: [String: String] = [:]) throws -> Program.Outcome {
        try program.run(["-c", text], environment: environment.merging(more) { $1 })
    }
}
