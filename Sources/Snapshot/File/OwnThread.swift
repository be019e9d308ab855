import Dispatch

/// Runs tasks on a thread of their own, one after the other: what waits for a disk takes none of those that all share.
final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "snapsh.snapshot")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
