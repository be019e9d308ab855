import Snapshot
import Text

/// Why a backup can't be used as it is, as far as a listing shows that.
public enum Obstacle: Sendable, Hashable {
    case empty
    case impossibleSize(byteCount: Int64)
    /// The object must be restored in S3 before it can be read.
    case archived(storageClass: String)
    /// It is an archive, and was looked into: no snapshot is in it.
    case withoutSnapshot

    /// Whether its bytes can't be those of a whole snapshot.
    public var isOfContent: Bool {
        if case .archived = self { false } else { true }
    }
}

extension Obstacle: CustomStringConvertible {
    /// The second half of a sentence: `12 bytes: too short for a snapshot`.
    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .impossibleSize(let byteCount):
            byteCount <= SnapshotTrailer.pageUnitByteCount
                ? "\(byteCount) bytes: too short for a snapshot"
                : "\(byteCount) bytes: not the size of a whole snapshot"
        case .archived(let storageClass):
            "archived (\(storageClass.printable)): restore the object in S3 first"
        case .withoutSnapshot: "no etcd snapshot is in it"
        }
    }
}

extension Backup {
    /// Whether its size is one that a whole snapshot can have: pages, and the SHA-256 behind them; `nil` where it is
    /// unknown, as that of what must be decoded first.
    public var hasSizeOfSnapshot: Bool? {
        guard encoding == .raw else { return byteCount == 0 ? false : nil }
        return byteCount.map { SnapshotTrailer.isExpected(inFileOf: $0) && $0 > SnapshotTrailer.pageUnitByteCount }
    }

    /// What must be seen before it is picked; empty where nothing speaks against it.
    public var obstacles: [Obstacle] {
        var obstacles: [Obstacle] = []
        if isWithoutSnapshot { obstacles.append(.withoutSnapshot) }
        if let byteCount, hasSizeOfSnapshot == false {
            obstacles.append(byteCount == 0 ? .empty : .impossibleSize(byteCount: byteCount))
        }
        if let storageClass = entry?.storageClass { obstacles.append(.archived(storageClass: storageClass)) }
        return obstacles
    }
}

/// A backup that can't be used, and why.
public struct UnusableBackup: Sendable, Hashable {
    public var name: String
    public var obstacles: [Obstacle]

    public init(_ backup: Backup) {
        name = backup.name
        obstacles = backup.obstacles
    }

    /// `it is empty`.
    public var reason: String { obstacles.map(\.description).joined(separator: ", and ") }
}

extension UnusableBackup: CustomStringConvertible {
    /// `NAME (it is empty)`.
    public var description: String {
        "\(name.printable) (\(reason))"
    }
}

extension Collection<UnusableBackup> {
    /// The first few of them, and how many there are beyond.
    public var sentence: String {
        prefix(3).map(\.description).joined(separator: ", ") + (count > 3 ? " and \(count - 3) more" : "")
    }
}
