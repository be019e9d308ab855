import Backups
import Testing

extension StoreRule {
    static let changing = [
        StoreRule("sees at once what is new and what is gone", needs: .changes, given: ["a/file": [1], "a/other": [2]])
        { filled in
            try filled.replace("a/new", [3])
            try filled.remove("a/other")
            #expect(try await filled.store.list(ListRequest(prefix: "a/")).entries.map(\.key) == ["a/file", "a/new"])
            await #expect(throws: StoreError.notFound("a/other")) { try await filled.store.stat("a/other") }
        },
        StoreRule(
            "does not read another file of the same size and name",
            needs: [.changes, .reads],
            given: ["a/file": Array("first".utf8)]
        ) { filled in
            let entry = try await filled.store.stat("a/file")
            try filled.replace("a/file", Array("other".utf8))
            await #expect(throws: StoreError.changed("a/file")) { try await bytes(of: entry, in: filled.store) }
            #expect(try await filled.store.stat("a/file") != entry)
        },
        StoreRule(
            "does not read a file that has become shorter or longer",
            needs: [.changes, .reads],
            given: ["a/file": Array("first".utf8)]
        ) { filled in
            for other in [[1], Array("first and more".utf8), []] as [[UInt8]] {
                let entry = try await filled.store.stat("a/file")
                try filled.replace("a/file", other)
                await #expect(throws: StoreError.changed("a/file")) { try await bytes(of: entry, in: filled.store) }
            }
        },
        StoreRule(
            "does not find a file that was removed",
            needs: [.changes, .reads],
            given: ["a/file": [1, 2, 3], "a/other": [1]]
        ) { filled in
            let entry = try await filled.store.stat("a/file")
            try filled.remove("a/file")
            await #expect(throws: StoreError.notFound("a/file")) { try await bytes(of: entry, in: filled.store) }
        },
        StoreRule(
            "never mixes a file with what takes its place while it is read",
            needs: [.changes, .reads],
            given: ["a/large": largeFile]
        ) { filled in
            let entry = try await filled.store.stat("a/large")
            var received: [UInt8] = []
            do {
                try await filled.store.read(entry, range: 0..<entry.byteCount) { piece in
                    if received.isEmpty { try filled.replace("a/large", largeFile.reversed()) }
                    received += piece
                }
                #expect(received == largeFile)
            } catch is StoreError {
                #expect(largeFile.starts(with: received))
            }
        },
    ]
}
