import Restore
import Snapshot
import SnapshotTesting

/// Accepts what is sound, for a restore.
@Sendable func requireSound(_ verification: CheckResult) throws {
    if let problem = verification.problems.first { throw problem }
}
