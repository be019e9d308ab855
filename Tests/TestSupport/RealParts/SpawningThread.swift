import Dispatch
import Foundation
import Synchronization

/// The thread that starts the servers.
///
/// A child with PR_SET_PDEATHSIG ends with the thread that started it (prctl(2)). Swift's threads come and go; this one
/// ends with the process, however that ends.
enum SpawningThread {
    private static let work = Mutex<[@Sendable () -> Void]>([])
    private static let arrived = DispatchSemaphore(value: 0)
    private static let start: Void = Thread.detachNewThread {
        while true {
            arrived.wait()
            work.withLock { $0.removeFirst() }()
        }
    }

    /// Does something on the thread, and waits for it.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
        start
        let reply = Reply<Value>()
        work.withLock { work in
            work.append { reply.give(body()) }
        }
        arrived.signal()
        return reply.take()
    }

    private final class Reply<Value: Sendable>: Sendable {
        private let value = Mutex<Value?>(nil)
        private let given = DispatchSemaphore(value: 0)

        func give(_ value: Value) {
            self.value.withLock { $0 = value }
            given.signal()
        }

        func take() -> Value {
            while true {
                given.wait()
                if let value = value.withLock({ $0 }) { return value }
            }
        }
    }
}
