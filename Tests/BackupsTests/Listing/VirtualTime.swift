import Dispatch
import Synchronization

/// Runs tasks one at a time and tells when all of them wait: then, and only then, a simulated server answers.
///
/// So what is asked for at once is answered at once, and the number of answers' rounds is that of round trips, however
/// slow the machine is.
final class VirtualTime: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "virtual time")
    private let tick: @Sendable () -> Void

    /// - Parameter tick: Lets waiting tasks go on.
    init(tick: @escaping @Sendable () -> Void) {
        self.tick = tick
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = state.withLock { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if isFirst { queue.async { self.run() } }
    }

    private func run() {
        while true {
            runJobs()
            tick()
            let isOver = state.withLock { state in
                if state.jobs.isEmpty { state.isRunning = false }
                return state.jobs.isEmpty
            }
            if isOver { return }
        }
    }

    private func runJobs() {
        while true {
            let jobs = state.withLock { state in
                defer { state.jobs = [] }
                return state.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }
}
