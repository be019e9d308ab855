import Foundation

/// What the tests find in `Tests/Fixtures`.
public enum Fixture {
    public static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures").path

    /// The bytes of a snapshot that a real etcd made, such as `late.db`.
    public static func snapshot(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/snapshots/\(name)")))
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
        return try JSONDecoder().decode([ExpectedSnapshot].self, from: data)
    }

    /// The paths of the files that `scripts/fuzz` has found.
    public static func finds() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/finds")) ?? []
        return names.sorted().map { "\(folder)/finds/\($0)" }
    }

    /// The paths of larger snapshots beside the project, where they are there.
    public static func sharedSnapshots() -> [String] {
        let shared = URL(fileURLWithPath: folder).appendingPathComponent("../../../shared/snapshots").standardized.path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: shared)) ?? []
        return names.filter { $0.hasSuffix(".db") }.sorted().map { "\(shared)/\($0)" }
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
