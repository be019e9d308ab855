import BackupsTesting
import TestSupport
import Testing

/// A new store joins by one line.
@Suite("Every store", .ownThread)
struct StoreContractTests {
    private static let kinds: [StoreUnderTest] = [
        .directory,
        .bucket,
        .bucketWithVersions,
        .localBucket,
        .localBucketWithVersions,
        .stumblingDirectory,
    ]

    @Test("keeps to every rule", arguments: StoreRule.cases(of: kinds))
    func rule(_ rule: StoreRule.Case) async throws {
        try await rule.check()
    }
}
