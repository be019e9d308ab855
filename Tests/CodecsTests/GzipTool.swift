import TestSupport

/// gzip(1).
enum GzipTool {
    static func gzip(_ bytes: [UInt8], options: String = "") throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "snapshot.db")
        guard try SystemTool.run(["sh", "-c", "gzip \(options) snapshot.db"], in: folder).exitCode == 0 else {
            throw PartFailure("gzip \(options) failed")
        }
        return try folder.read("snapshot.db.gz")
    }
}
