public import Backups
import Text

/// The layout of the etcd operator's backups up to 0.7: `v1/<cluster>/<version>_<revision>_etcd.backup`, the revision
/// as 16 hexadecimal digits (etcd operator v0.3.3 `pkg/backup/util.go`, `makeBackupName`). In a bucket also
/// `v1/<namespace>/<cluster>/…`, since 0.2.6 (`pkg/backup/s3/s3.go`).
public struct OperatorLayout: Layout {
    public let clustersPrefix: String
    public let hasNamespaces: Bool
    public let unfinishedFolder = "tmp/"

    /// - Parameters:
    ///   - clustersPrefix: `v1/`, or empty where the store begins at the `v1` folder itself.
    ///   - hasNamespaces: As in a bucket; a volume never has them.
    public init(clustersPrefix: String, hasNamespaces: Bool = false) {
        self.clustersPrefix = clustersPrefix
        self.hasNamespaces = hasNamespaces
    }

    private static let ending = "_etcd.backup"

    public func parse(_ name: String) -> ParsedName {
        guard name.hasSuffix(Self.ending) else {
            return .ignored(reason: "its name does not end in \(Self.ending)")
        }
        let stem = name.utf8.dropLast(Self.ending.utf8.count)
        guard let sign = stem.firstIndex(of: UInt8(ascii: "_")),
            case let digits = stem[stem.index(after: sign)...], !digits.contains(UInt8(ascii: "_"))
        else {
            return .ignored(reason: "its name is not <version>_<revision>\(Self.ending)")
        }
        let writtenVersion = Substring(stem[..<sign])
        guard let version = EtcdVersion(writtenVersion) else {
            return .ignored(reason: "'\(String(writtenVersion).printable)' is not an etcd version")
        }
        // Lower case only, as the operator writes it.
        guard digits.allSatisfy({ $0.isHexadecimalDigit && !(65...70).contains($0) }) else {
            return .ignored(reason: "its revision is not written in lower-case hexadecimal digits")
        }
        guard digits.count == 16 else {
            return .ignored(reason: "its revision has \(digits.count) digits, not 16")
        }
        guard let revision = Revision(sixteenDigits: Substring(digits)) else {
            return .ignored(reason: "its revision is beyond what etcd can count to")
        }
        return .backup(version, revision)
    }

    public func name(version: EtcdVersion, revision: Revision) -> String {
        "\(version)_\(revision.sixteenDigits)\(Self.ending)"
    }

    public func reasonAgainst(cluster: String) -> String? {
        if cluster == "lost+found" { return "it belongs to the file system" }
        if cluster.isEmpty || cluster.hasPrefix(".") || cluster.contains("/") || cluster.printable != cluster {
            return "no cluster can be called so"
        }
        return nil
    }
}
