import Snapshot

/// Accepts what is sound, for a restore.
@Sendable func requireSound(_ verification: Verification) throws {
    if let problem = verification.problems.first { throw problem }
}
