import Foundation
package import TestSupport

/// What etcd's own `snapshot status` says.
package struct StatusOfEtcd: Decodable {
    package var hash: UInt32
    package var revision: Int64
    package var totalKey: Int
    package var totalSize: Int64

    package init(_ release: EtcdRelease, _ path: String) throws {
        let (exitCode, output) = try SystemTool.run(
            release.snapshotTool() + ["snapshot", "status", path, "-w", "json"]
        )
        guard exitCode == 0 else { throw PartFailure("snapshot status ended with \(exitCode)") }
        self = try JSONDecoder().decode(StatusOfEtcd.self, from: Data(output.utf8))
    }
}
