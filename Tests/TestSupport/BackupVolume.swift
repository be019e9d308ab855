public import Foundation

/// A backup volume of a test's own, as the etcd operator's sidecar would have written it.
public struct BackupVolume: Sendable {
    public let folder: TemporaryFolder
    /// The folder that `use pv` takes.
    public var path: String { folder.path }

    /// An empty volume in a folder, or in one of its own.
    public init(folder: TemporaryFolder? = nil) throws {
        self.folder = try folder ?? TemporaryFolder()
        try self.folder.makeFolder("v1")
    }

    /// Adds a backup.
    ///
    /// - Parameters:
    ///   - content: The file's bytes, or a real snapshot where none are given.
    ///   - age: How long ago it was written, in seconds.
    /// - Returns: Its name.
    @discardableResult
    public func add(
        _ revision: Int64,
        cluster: String = "foo",
        version: String = "3.4.23",
        content: [UInt8]? = nil,
        age: TimeInterval = 0
    ) throws -> String {
        let digits = String(revision, radix: 16)
        let name = "\(version)_\(String(repeating: "0", count: 16 - digits.count))\(digits)_etcd.backup"
        try folder.write(
            content ?? Fixture.snapshot(reaching: revision),
            to: "v1/\(cluster)/\(name)",
            modified: Date(timeIntervalSinceNow: -age)
        )
        return name
    }
}
