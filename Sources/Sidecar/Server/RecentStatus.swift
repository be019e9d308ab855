import SidecarAPI

/// What `/v1/status` says, which takes a listing of all backups: made anew after a few seconds, by one listing at a
/// time that all who ask meanwhile share.
actor RecentStatus {
    private let lifetime: Duration
    private let list: @Sendable () async throws -> ServiceStatus
    private var known: (status: ServiceStatus, time: ContinuousClock.Instant)?
    private var running: Task<ServiceStatus, any Error>?

    init(lifetime: Duration = .seconds(5), list: @escaping @Sendable () async throws -> ServiceStatus) {
        self.lifetime = lifetime
        self.list = list
    }

    /// - Throws: What the source throws; the next one to ask tries again.
    func status() async throws -> ServiceStatus {
        if let known, .now - known.time < lifetime { return known.status }
        if let running { return try await running.value }
        // Not a child of this task: others wait for it, too, where the one who began it leaves.
        let task = Task { [list] in try await list() }
        running = task
        defer { running = nil }
        let status = try await task.value
        known = (status, .now)
        return status
    }
}
