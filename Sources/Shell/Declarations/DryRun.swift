/// What a command does in a dry run. Each declaration says it: no new command can forget it.
enum DryRun: Sendable {
    /// What it always does: it asks and reads, and writes nothing.
    case asUsual
    /// It says what it would do, and does none of it.
    case described(@MainActor @Sendable (Invocation, Session) async throws -> Void)
}
