import Foundation

/// What the tests find in `Tests/Fixtures`.
public enum Fixture {
    public static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures").path

    /// The bytes of a snapshot that a real etcd made, such as `late.db`.
    public static func snapshot(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/snapshots/\(name)")))
    }

    /// The bytes of the file at a path.
    public static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The bytes of an odd file with a known right answer, such as `migrated.db`.
    public static func oddCase(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/cases/\(name)")))
    }

    /// A part of what `etcdutl` 3.5.1 has made, such as `official-35-1.snap`.
    public static func restored(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/restore/\(name)")))
    }

    /// A snapshot of a revision that is no lower, as far as there is one: a small one up to revision 9.
    public static func snapshot(reaching revision: Int64) throws -> [UInt8] {
        try snapshot(revision <= 9 ? "early.db" : "tombstone.db")
    }

    /// What etcd itself says of each snapshot.
    public static func expectedSnapshots() throws -> [ExpectedSnapshot] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/snapshots/expected.json"))
        let expected = try JSONDecoder().decode([ExpectedSnapshot].self, from: data)
        guard expected.count >= 5 else { throw PartFailure("expected.json has \(expected.count) of 5 snapshots") }
        return expected
    }
}

/// One entry of `Tests/Fixtures/snapshots/expected.json`.
public struct ExpectedSnapshot: Decodable, Sendable {
    public var file: String
    public var byteCount: Int64
    public var sha256: String
    public var trailerSHA256: String
    public var revision: Int64
    public var liveKeys: Int
    public var statusRevision: Int64
    public var statusHash: UInt32
    public var totalKey: Int
    public var totalSize: Int64
}
