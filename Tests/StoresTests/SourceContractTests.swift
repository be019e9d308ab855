import BackupsTesting
import TestSupport
import Testing

/// A new store joins by one line. The service's own is in `SidecarTests`.
@Suite("Every source over a store", .ownThread)
struct SourceContractTests {
    private static let kinds: [SourceUnderTest] = [
        .volume,
        .plainVolume,
        .bucket,
        .plainBucket,
        .bucketWithVersions,
        .localBucket,
    ]

    @Test("keeps to every rule", arguments: SourceRule.cases(of: kinds))
    func rule(_ rule: SourceRule.Case) async throws {
        try await rule.check()
    }
}
