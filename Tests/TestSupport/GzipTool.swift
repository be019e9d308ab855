/// gzip(1).
public enum GzipTool {
    /// - Parameter options: Words for its command line.
    public static func gzip(_ bytes: [UInt8], options: String = "-1") throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "snapshot.db")
        guard try SystemTool.run(["sh", "-c", "gzip \(options) snapshot.db"], in: folder).exitCode == 0 else {
            throw PartFailure("gzip \(options) failed")
        }
        return try folder.read("snapshot.db.gz")
    }
}
