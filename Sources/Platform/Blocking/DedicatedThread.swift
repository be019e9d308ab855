import Dispatch

/// Runs a task on a thread of its own, and its children one after the other on the same one.
package final class DedicatedThread: TaskExecutor {
    // A serial queue has a thread of its own: while it is blocked, the few that all tasks share keep working.
    private let queue = DispatchQueue(label: "snapsh.blocking")

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
