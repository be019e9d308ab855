import Backups
import Testing

extension StoreRule {
    static let versions = [
        StoreRule("lists versions, or says that it keeps none") { filled in
            let store = filled.store
            do {
                let page = try await whole(store, ListRequest(prefix: "v1/", listsVersions: true))
                let expected = SampleNames.sorted.filter { $0.hasPrefix("v1/") }
                #expect(page.entries.filter { $0.state == .current }.map(\.key) == expected)
            } catch let error as StoreError {
                guard case .unsupported = error else { throw error }
            }
        },
        StoreRule(
            "lists the versions of a file, the newest first, and which of them is current",
            needs: .keepsVersions,
            given: ["a/kept": [1], "a/lost": [2]]
        ) { filled in
            try filled.replace("a/kept", [3, 3])
            try filled.remove("a/lost")
            let versions = try await filled.store.list(ListRequest(prefix: "a/", listsVersions: true)).entries
            #expect(
                versions.map { "\($0.key) \($0.byteCount) \($0.state == .current)" } == [
                    "a/kept 2 true", "a/kept 1 false", "a/lost 1 false",
                ]
            )
            #expect(Set(versions.map(\.version)).count == 3)
            #expect(try await filled.store.list(ListRequest(prefix: "a/")).entries.map(\.key) == ["a/kept"])
        },
        StoreRule(
            "reads a version that is no longer current",
            needs: [.keepsVersions, .reads],
            given: ["a/kept": [1], "a/lost": [2]]
        ) { filled in
            try filled.replace("a/kept", [3, 3])
            try filled.remove("a/lost")
            var contents: [[UInt8]] = []
            for entry in try await filled.store.list(ListRequest(prefix: "a/", listsVersions: true)).entries {
                contents.append(try await bytes(of: entry, in: filled.store))
            }
            #expect(contents == [[3, 3], [1], [2]])
        },
    ]
}
