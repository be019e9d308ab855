import Glibc

/// What the processor spent on this thread: other processes of a busy machine do not count.
enum ThreadTime {
    /// In seconds.
    static func measure(_ work: () -> Void) -> Double {
        let start = now
        work()
        return now - start
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
