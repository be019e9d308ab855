import Backups
import Testing

extension StoreRule {
    static let listing = [
        StoreRule("lists the names that begin with a prefix in the order of their bytes") { filled in
            let store = filled.store
            for prefix in ["", "v1/", "v1/fo", "v1/foo/", "v1/foo/3.1.0_", "top", "v1/größe/"] {
                let page = try await whole(store, ListRequest(prefix: prefix))
                #expect(page.entries.map(\.key) == SampleNames.sorted.filter { $0.hasPrefix(prefix) }, "'\(prefix)'")
                #expect(page.prefixes.isEmpty && page.unusable.isEmpty)
            }
        },
        StoreRule("lists the size of each file", needs: .reads) { filled in
            let store = filled.store
            for entry in try await whole(store, ListRequest(prefix: "")).entries {
                #expect(entry.byteCount == Int64(entry.key.utf8.count), "\(entry.key)")
            }
        },
        StoreRule("has an empty page where no name begins with the prefix") { filled in
            let store = filled.store
            for absent in ["nothing/", "v1/foo/README/", "v1/fooo", "v3"] {
                for delimiter in [nil, "/"] {
                    let page = try await store.list(ListRequest(prefix: absent, delimiter: delimiter))
                    #expect(page.entries.isEmpty && page.prefixes.isEmpty && page.next == nil, "'\(absent)'")
                }
            }
        },
        StoreRule("has an empty page where there is no file at all", given: [:]) { filled in
            let page = try await filled.store.list(ListRequest(prefix: ""))
            #expect(page.entries.isEmpty && page.prefixes.isEmpty && page.unusable.isEmpty && page.next == nil)
        },
    ]

    static let folding = [
        StoreRule("folds names at a slash after the prefix") { filled in
            let store = filled.store
            for prefix in ["", "v1/", "v1/foo", "v1/foo/", "v1/foo/tmp/"] {
                let page = try await whole(store, ListRequest(prefix: prefix, delimiter: "/"))
                let expected = SampleNames.folded(below: prefix)
                #expect(page.entries.map(\.key) == expected.filter { !$0.hasSuffix("/") }, "'\(prefix)'")
                #expect(page.prefixes == expected.filter { $0.hasSuffix("/") }, "'\(prefix)'")
            }
        },
        StoreRule("loses no name where it folds at another character") { filled in
            let store = filled.store
            let page = try await whole(store, ListRequest(prefix: "v1/foo/", delimiter: "_"))
            for name in SampleNames.sorted where name.hasPrefix("v1/foo/") {
                let places =
                    page.entries.filter { $0.key == name }.count + page.prefixes.filter { name.hasPrefix($0) }.count
                #expect(places == 1, "\(name)")
            }
        },
    ]
}
