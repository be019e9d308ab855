import Backups
import Synchronization

/// Notices waiting to be printed.
final class Reports: Sendable {
    private let waiting = Mutex<[Notice]>([])

    func add(_ notice: Notice) {
        waiting.withLock { $0.append(notice) }
    }

    func take() -> [Notice] {
        waiting.withLock { notices in
            defer { notices = [] }
            return notices
        }
    }
}
