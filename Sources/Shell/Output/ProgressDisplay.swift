/// Shows the progress of one transfer.
package protocol ProgressDisplay: Sendable {
    func update(doneByteCount: Int64)
    /// Counts bytes as present already: they do not count for the rate.
    func resume(from doneByteCount: Int64)
    /// Removes the progress line.
    func finish()
    /// Removes the progress line until the next update.
    func erase()
}

/// Shows nothing.
package struct NoProgress: ProgressDisplay {
    package init() {}
    package func update(doneByteCount: Int64) {}
    package func resume(from doneByteCount: Int64) {}
    package func finish() {}
    package func erase() {}
}
