import Backups
import Testing

extension StoreRule {
    static let paging = [
        StoreRule("begins with the first name after another one") { filled in
            let store = filled.store
            for after in ["", "top", "v1/foo/README", "v1/foo/R", "v1/größe/ключ", "v9"] {
                let page = try await whole(store, ListRequest(prefix: "", start: .after(after)))
                let expected = SampleNames.sorted.filter { after.utf8.lexicographicallyPrecedes($0.utf8) }
                #expect(page.entries.map(\.key) == expected, "after '\(after)'")
            }
        },
        StoreRule("begins after a folder with what follows all of it") { filled in
            let store = filled.store
            // No name lies between the last one of the folder and this.
            let request = ListRequest(prefix: "v1/", delimiter: "/", start: .after("v1/foo-bar/\u{7F}"))
            let page = try await whole(store, request)
            let rest = SampleNames.folded(below: "v1/").drop { $0 != "v1/foo.bar/" }
            #expect(page.entries.map(\.key) == rest.filter { !$0.hasSuffix("/") })
            #expect(page.prefixes == rest.filter { $0.hasSuffix("/") })
        },
        StoreRule("gives every name just once over all pages, and none has more than was asked for") { filled in
            let store = filled.store
            for (limit, delimiter) in samplePages {
                let pages = try await pages(of: store, limit: limit, delimiter: delimiter)
                #expect(pages.allSatisfy { $0.entries.count + $0.prefixes.count <= limit })
                let names = pages.flatMap { $0.entries.map(\.key) + $0.prefixes }
                #expect(Set(names).count == names.count, "pages of \(limit)")
                #expect(Set(names) == Set(expected(delimiter)), "pages of \(limit)")
            }
        },
        StoreRule("keeps keys in order over all pages, and folders in theirs") { filled in
            let store = filled.store
            for (limit, delimiter) in samplePages {
                let pages = try await pages(of: store, limit: limit, delimiter: delimiter)
                let expected = expected(delimiter)
                #expect(pages.flatMap(\.entries).map(\.key) == expected.filter { !$0.hasSuffix("/") })
                #expect(pages.flatMap(\.prefixes) == expected.filter { $0.hasSuffix("/") })
            }
        },
        StoreRule("keeps keys and folders together in order over all pages", needs: .sortsAcrossPages) { filled in
            let store = filled.store
            for (limit, delimiter) in samplePages {
                var last = ""
                for page in try await pages(of: store, limit: limit, delimiter: delimiter) {
                    let names = page.entries.map(\.key) + page.prefixes
                    #expect(names.allSatisfy { last.utf8.lexicographicallyPrecedes($0.utf8) }, "pages of \(limit)")
                    last = names.max { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? last
                }
            }
        },
    ]

    private static let samplePages = [1, 2, 3, 100].flatMap { limit in [nil, "/"].map { (limit, $0) } }

    private static func expected(_ delimiter: String?) -> [String] {
        delimiter == nil ? SampleNames.sorted.filter { $0.hasPrefix("v1/") } : SampleNames.folded(below: "v1/")
    }

    private static func pages(of store: any Store, limit: Int, delimiter: String?) async throws -> [ListPage] {
        try await pages(of: store, ListRequest(prefix: "v1/", delimiter: delimiter, limit: limit))
    }

    private static func pages(of store: any Store, _ request: ListRequest) async throws -> [ListPage] {
        var request = request
        var pages: [ListPage] = []
        while true {
            let page = try await store.list(request)
            pages.append(page)
            guard let next = page.next else { return pages }
            // An empty page may have a next one; a listing that never ends may not.
            try #require(pages.count <= 2 * SampleNames.sorted.count, "the listing does not end")
            request.start = next
        }
    }

    /// All pages as one: a store may give fewer names on a page than there are.
    static func whole(_ store: any Store, _ request: ListRequest) async throws -> ListPage {
        let pages = try await pages(of: store, request)
        return ListPage(
            entries: pages.flatMap(\.entries),
            prefixes: pages.flatMap(\.prefixes),
            unusable: pages.flatMap(\.unusable)
        )
    }
}
