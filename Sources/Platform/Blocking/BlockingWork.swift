import Synchronization

/// Work that waits for files: on a thread of its own, watched, and given up where the file system does not answer.
///
/// A call to a network mount whose server is gone, or to a disk that dies, returns minutes later or never, and nothing
/// can interrupt it. So it runs neither on the main actor nor on the threads that all tasks share, and a task that
/// waits for it can leave: after a limit, or with Ctrl-C. The thread stays behind until its call returns; what it
/// opened is closed then, and its result is dropped.
package enum BlockingWork {
    @TaskLocal private static var watch: CallWatch?
    @TaskLocal private static var patience: Duration?

    /// Gives every call of what runs less time than is usual.
    package static func hurrying<Value>(_ limit: Duration, _ body: () async throws -> Value) async rethrows -> Value {
        try await $patience.withValue(limit) { try await body() }
    }

    /// Runs work whose calls go to one place.
    ///
    /// The work is a task of its own that is cancelled with the caller's, and left behind then.
    ///
    /// - Parameters:
    ///   - place: Where the calls go to. It is remembered for a while where it does not answer. Without one the work is
    ///     a
    ///     part of the run that it is called from, which is left as a whole.
    ///   - tidiesUp: Whether the work's end is waited for after a cancellation, as long as its calls answer.
    ///   - onLeaving: Gets the place that does not answer, where the work is left behind after a cancellation although
    ///     it
    ///     tidies up.
    /// - Throws: `NotAnswering`, `CancellationError`, and what the work throws.
    package static func run<Value: Sendable>(
        at place: Place?,
        tidiesUp: Bool = false,
        onLeaving: @escaping @Sendable (Place) -> Void = { _ in },
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let place else {
            return try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in try await work() }
        }
        try Task.checkCancellation()
        let patience = patience
        try SilentPlaces.shared.check(place, limit: patience)
        let watch = CallWatch(limit: patience)
        let outcome = Outcome<Value>()
        let silent = Mutex<Place?>(nil)
        let task = Task.detached(executorPreference: DedicatedThread(), priority: Task.currentPriority) {
            let result: Result<Value, any Error>
            do {
                result = .success(try await $watch.withValue(watch) { try await work() })
            } catch {
                result = .failure(error)
            }
            if !outcome.settle(result) { SilentPlaces.shared.answered(silent.withLock(\.self) ?? place) }
        }
        let number = Watchman.shared.add { now in
            switch watch.finding(at: now) {
            case nil: return
            case .cancelled(let other):
                let place = other ?? place
                SilentPlaces.shared.abandon(place) {
                    onLeaving(place)
                    guard outcome.settle(.failure(CancellationError())) else { return false }
                    silent.withLock { $0 = place }
                    return true
                }
            case .silent(let waited, let other):
                let place = other ?? place
                SilentPlaces.shared.abandonSilent(place, limit: patience) {
                    let error = NotAnswering(path: place.path, limit: waited, retryIn: nil)
                    guard outcome.settle(.failure(error)) else { return false }
                    silent.withLock { $0 = place }
                    return true
                }
                task.cancel()
            }
        }
        defer { Watchman.shared.remove(number) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { outcome.wait($0) }
        } onCancel: {
            watch.cancel()
            task.cancel()
            if !tidiesUp { SilentPlaces.shared.abandon(place) { outcome.settle(.failure(CancellationError())) } }
        }
    }

    /// Makes one call that may block; a watched one, where it is part of a `run`.
    ///
    /// - Parameter place: Where the call goes to, if it is not the place of the `run`: that one is named and remembered
    ///   where it does not answer.
    @discardableResult
    package static func call<Value, Failure: Error>(
        _ kind: BlockingCall,
        at place: Place? = nil,
        _ call: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        guard let watch else { return try call() }
        let number = watch.enter(kind, at: place)
        defer { watch.leave(number) }
        return try call()
    }
}

/// What a call waits for, which decides how long that may take.
package enum BlockingCall: Sendable {
    /// Opening a file or a folder, asking for its status, reading the next names of a folder.
    case lookup
    case read
    /// Waits for the disk where memory is full of what others have written.
    case write
    /// Takes as long as the disk takes.
    case sync

    /// How long it may take; `nil` where only a cancellation ends the waiting.
    var limit: Duration? {
        switch self {
        case .lookup: .seconds(5)
        case .read: .seconds(30)
        case .write, .sync: nil
        }
    }

    /// How long it may take in all after a cancellation, where written files must be tidied up: a disk that answers
    /// gets the time for that, also one that is slow to write.
    var grace: Duration {
        switch self {
        case .lookup, .read, .sync: .milliseconds(100)
        case .write: .milliseconds(500)
        }
    }
}

/// A file system did not answer in time.
package struct NotAnswering: Error, Equatable {
    /// The mount, or the folder, that did not answer.
    package var path: String
    /// How long the call was waited for.
    package var limit: Duration
    /// How long it is still taken for silent, where no call was made because an earlier one had no answer.
    package var retryIn: Duration?
}

extension NotAnswering: CustomStringConvertible {
    /// The reason, to follow *cannot read …:*.
    package var description: String {
        if let retryIn {
            let seconds = max(1, Int((retryIn / .seconds(1)).rounded(.up)))
            return "\(path) did not answer a moment ago; it can be asked again in \(seconds) s"
        }
        let seconds = limit / .seconds(1)
        return "no answer from \(path) within \(seconds < 1 ? "\(seconds)" : "\(Int(seconds))") s"
    }
}
