public import Foundation

/// rclone's S3 server, which checks signatures, over a folder whose folders are the buckets.
///
/// It looks at the folder anew for every request: what a test puts there, replaces or removes is seen at once.
public final class RcloneServer: Sendable {
    public let accessKeyID = "SNAPSHTESTACCESS"
    public let secretAccessKey = "snapsh-test-secret-access-key-0123456789"
    public let folder: TemporaryFolder
    private let server: ServerProcess

    /// Starts it without any bucket.
    ///
    /// - Parameter checksSignatures: Without that it answers whoever asks, signed or not.
    public init(checksSignatures: Bool = true) throws {
        let folder = try TemporaryFolder()
        let tool = try PinnedTool.path("rclone")
        let keys = checksSignatures ? ["--auth-key", "\(accessKeyID),\(secretAccessKey)"] : []
        self.folder = folder
        server = try ServerProcess("rclone") { port in
            [tool, "serve", "s3", folder.path, "--addr", "127.0.0.1:\(port)", "--config", "/dev/null"]
                + ["--vfs-cache-mode", "off", "--dir-cache-time", "0s", "--poll-interval", "0"] + keys
        }
    }

    /// Where its buckets are, path style: `http://127.0.0.1:PORT`.
    public var endpoint: String { "http://127.0.0.1:\(server.port)" }

    /// Makes a bucket; the first object makes it, too.
    public func makeBucket(_ bucket: String) throws {
        try folder.makeFolder(bucket)
    }

    /// Writes an object, and its bucket where there is none.
    public func put(bucket: String, key: String, bytes: some Sequence<UInt8>, modified: Date? = nil) throws {
        try folder.write(bytes, to: "\(bucket)/\(key)", modified: modified)
    }

    /// Removes an object.
    public func remove(bucket: String, key: String) throws {
        try FileManager.default.removeItem(atPath: folder.path("\(bucket)/\(key)"))
    }

    /// Ends it before this object goes away: its port then refuses.
    public func stop() { server.stop() }
}
