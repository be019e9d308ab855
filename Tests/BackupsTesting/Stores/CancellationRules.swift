import Backups
import Testing

extension StoreRule {
    static let cancelling = [
        StoreRule("lists nothing for a task that is cancelled") { filled in
            let store = filled.store
            await #expect(throws: CancellationError.self) {
                try await cancelled { try await store.list(ListRequest(prefix: "")).entries.count }
            }
        },
        StoreRule("ends a listing that is cancelled, or finishes it") { filled in
            let store = filled.store
            for delay in 0..<20 {
                let task = Task { try await whole(store, ListRequest(prefix: "")).entries.map(\.key) }
                try await Task.sleep(for: .microseconds(delay * 100))
                task.cancel()
                switch await task.result {
                case .success(let keys): #expect(keys == SampleNames.sorted)
                case .failure(let error): #expect(error is CancellationError, "\(error)")
                }
            }
        },
        StoreRule("finds and reads nothing for a task that is cancelled", needs: .reads, given: ["a/file": [1, 2, 3]]) {
            filled in
            let store = filled.store
            let entry = try await store.stat("a/file")
            await #expect(throws: CancellationError.self) { try await cancelled { try await store.stat("a/file") } }
            await #expect(throws: CancellationError.self) {
                try await cancelled { try await bytes(of: entry, in: store) }
            }
        },
        StoreRule("ends a read that is cancelled on the way", needs: .reads, given: ["a/large": largeFile]) { filled in
            let store = filled.store
            let entry = try await store.stat("a/large")
            let task = Task {
                var byteCount = 0
                do {
                    try await store.read(entry, range: 0..<entry.byteCount) { piece in
                        byteCount += piece.count
                        withUnsafeCurrentTask { $0?.cancel() }
                    }
                } catch is CancellationError {
                    return byteCount
                }
                return -1
            }
            let byteCount = try await task.value
            #expect(1..<largeFile.count ~= byteCount, "\(byteCount) bytes")
        },
    ]
}
