import Backups
import Synchronization

/// Remarks that wait to be written.
final class Reports: Sendable {
    private let waiting = Mutex<[Remark]>([])

    func add(_ remark: Remark) {
        waiting.withLock { $0.append(remark) }
    }

    func take() -> [Remark] {
        waiting.withLock { remarks in
            defer { remarks = [] }
            return remarks
        }
    }
}
