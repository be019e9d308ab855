import Backups
import Testing

extension StoreRule {
    static let reading = [
        StoreRule("finds one file as it lists it", needs: .reads) { filled in
            let store = filled.store
            for listed in try await whole(store, ListRequest(prefix: "")).entries {
                #expect(try await store.stat(listed.key) == listed)
            }
        },
        StoreRule("does not find what is no file", needs: .reads) { filled in
            let store = filled.store
            for absent in ["nothing", "v1/foo", "v1/foo/", "v1/foo/README/x"] {
                await #expect(throws: StoreError.notFound(absent)) { try await store.stat(absent) }
            }
        },
        StoreRule("reads each file by its name, however awkward", needs: .reads) { filled in
            let store = filled.store
            for entry in try await whole(store, ListRequest(prefix: "")).entries {
                #expect(try await bytes(of: entry, in: store) == Array(entry.key.utf8), "\(entry.key)")
            }
        },
        StoreRule("hands over exactly the bytes of a range, in order", needs: .reads, given: ["a/large": largeFile]) {
            filled in
            let store = filled.store
            let large = try await store.stat("a/large")
            let end = Int64(largeFile.count)
            for range in [0..<end, 0..<1, end - 1..<end, 17..<2_097_160, 5..<5, end..<end] as [Range<Int64>] {
                let expected = largeFile[Int(range.lowerBound)..<Int(range.upperBound)]
                #expect(try await bytes(of: large, range, in: store) == Array(expected), "\(range)")
            }
        },
        StoreRule("reads an empty file", needs: .reads, given: ["a/empty": []]) { filled in
            let store = filled.store
            let received = try await bytes(of: store.stat("a/empty"), in: store)
            #expect(received.isEmpty)
        },
        StoreRule("reads many ranges at once, each into its own sink", needs: .reads, given: ["a/large": largeFile]) {
            filled in
            let store = filled.store
            let large = try await store.stat("a/large")
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    let range = Int64(number) * 300_000..<Int64(number + 1) * 300_000
                    group.addTask {
                        let expected = largeFile[Int(range.lowerBound)..<Int(range.upperBound)]
                        return try await bytes(of: large, range, in: store) == Array(expected)
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        },
        StoreRule(
            "fails where a range reaches beyond the end, and never hands over less in silence",
            needs: .reads,
            given: ["a/file": [1, 2, 3, 4, 5]]
        ) { filled in
            let store = filled.store
            let file = try await store.stat("a/file")
            for range in [0..<6, 4..<7, 5..<6, 9..<12] as [Range<Int64>] {
                await #expect(throws: StoreError.self, "\(range)") { try await bytes(of: file, range, in: store) }
            }
        },
        StoreRule(
            "throws what the sink throws, and gives it nothing more",
            needs: .reads,
            given: ["a/large": largeFile]
        ) { filled in
            struct Full: Error {}
            let store = filled.store
            let large = try await store.stat("a/large")
            var callCount = 0
            await #expect(throws: Full.self) {
                try await store.read(large, range: 0..<large.byteCount) { _ in
                    callCount += 1
                    throw Full()
                }
            }
            #expect(callCount == 1)
        },
    ]

    /// Larger than what any store reads in one piece.
    static let largeFile = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    /// What a store hands over, a whole file where no range is named.
    static func bytes(
        of entry: StoreEntry,
        _ range: Range<Int64>? = nil,
        in store: any Store
    ) async throws -> [UInt8] {
        var received: [UInt8] = []
        try await store.read(entry, range: range ?? 0..<entry.byteCount) { received += $0 }
        return received
    }
}
