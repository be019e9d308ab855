import Synchronization

/// Sentences that wait to be written.
final class Reports: Sendable {
    private let waiting = Mutex<[String]>([])

    func add(_ text: String) {
        waiting.withLock { $0.append(text) }
    }

    func take() -> [String] {
        waiting.withLock { texts in
            defer { texts = [] }
            return texts
        }
    }
}
