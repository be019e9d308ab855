import Backups
import Foundation
import Testing

@testable import SidecarServer

@Suite("The total of a status")
struct BackupTotalTests {
    @Test("ends with the largest number where sizes are absurd")
    func saturation() {
        let backups = [Int64.max, 1, .max].map { byteCount in
            Backup(
                name: "x",
                cluster: ClusterName("foo"),
                version: nil,
                revision: nil,
                encoding: .raw,
                entry: StoreEntry(key: "x", byteCount: byteCount, modified: .distantPast, etag: "")
            )
        }
        let total = BackupTotal(of: backups)
        #expect(total.count == 3 && total.approximateByteCount == .max)
    }
}
