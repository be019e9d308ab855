package import Backups
import Testing

/// What every store keeps to, whatever it is made of. Each store's own tests run this suite with a way to fill one.
package struct StoreContract: Sendable {
    /// A store that holds just the given files, and a way to replace one of them behind its back.
    package struct Subject: Sendable {
        package var store: any Store
        package var replace: @Sendable (_ key: String, _ bytes: [UInt8]) throws -> Void

        package init(
            store: any Store,
            replace: @escaping @Sendable (_ key: String, _ bytes: [UInt8]) throws -> Void
        ) {
            self.store = store
            self.replace = replace
        }
    }

    let makeSubject: @Sendable (_ files: [String: [UInt8]]) async throws -> Subject

    package init(makeSubject: @escaping @Sendable (_ files: [String: [UInt8]]) async throws -> Subject) {
        self.makeSubject = makeSubject
    }

    /// Names that sort differently by bytes, by letters and by folders, and some that are awkward to write.
    private static let keys = [
        "v1/foo/3.1.0_000000000000000f_etcd.backup", "v1/foo/3.1.0_0000000000000010_etcd.backup",
        "v1/foo/tmp/unfinished", "v1/foo/README", "v1/foo-bar/b", "v1/foo.bar/b", "v1/foo", "v1/Zoo/a",
        "v1/two words/a+b%20c", "v1/größe/ключ", "v2/other", "top",
    ].filter { $0 != "v1/foo" }

    private static let files = Dictionary(uniqueKeysWithValues: keys.map { ($0, Array($0.utf8)) })

    private static let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }

    package func run() async throws {
        try await listsInTheOrderOfBytes()
        try await foldsAtADelimiter()
        try await goesOnAfterANameAndInPages()
        try await tellsOfOneFile()
        try await readsRanges()
        try await noticesAChange()
        try await passesOnWhatTheSinkThrows()
    }

    private func listsInTheOrderOfBytes() async throws {
        let store = try await makeSubject(Self.files).store
        for prefix in ["", "v1/", "v1/fo", "v1/foo/", "v1/foo/3.1.0_", "top", "v1/größe/"] {
            let page = try await store.list(ListRequest(prefix: prefix))
            #expect(page.entries.map(\.key) == Self.sorted.filter { $0.hasPrefix(prefix) }, "prefix '\(prefix)'")
            #expect(page.prefixes.isEmpty && page.unusable.isEmpty && page.next == nil)
            for entry in page.entries { #expect(entry.byteCount == Int64(entry.key.utf8.count)) }
        }
        for absent in ["nothing/", "v1/foo/README/", "v1/fooo"] {
            let page = try await store.list(ListRequest(prefix: absent))
            #expect(page.entries.isEmpty && page.prefixes.isEmpty && page.next == nil, "prefix '\(absent)'")
        }
    }

    private func foldsAtADelimiter() async throws {
        let store = try await makeSubject(Self.files).store
        let clusters = try await store.list(ListRequest(prefix: "v1/", delimiter: "/"))
        #expect(clusters.entries.isEmpty)
        #expect(
            clusters.prefixes == ["v1/Zoo/", "v1/foo-bar/", "v1/foo.bar/", "v1/foo/", "v1/größe/", "v1/two words/"]
        )
        let cluster = try await store.list(ListRequest(prefix: "v1/foo/", delimiter: "/"))
        #expect(cluster.prefixes == ["v1/foo/tmp/"])
        #expect(cluster.entries.map(\.key) == Self.sorted.filter { $0.hasPrefix("v1/foo/") && !$0.contains("tmp") })
        let some = try await store.list(ListRequest(prefix: "v1/foo", delimiter: "/"))
        #expect(some.prefixes == ["v1/foo-bar/", "v1/foo.bar/", "v1/foo/"])
    }

    private func goesOnAfterANameAndInPages() async throws {
        let store = try await makeSubject(Self.files).store
        for after in ["", "top", "v1/foo/README", "v1/foo/R", "v9"] {
            let page = try await store.list(ListRequest(prefix: "", start: .after(after)))
            let expected = Self.sorted.filter { after.utf8.lexicographicallyPrecedes($0.utf8) }
            #expect(page.entries.map(\.key) == expected, "after '\(after)'")
        }
        for limit in [1, 2, 3, 100] {
            for delimiter in [nil, "/"] {
                var request = ListRequest(prefix: "v1/", delimiter: delimiter, limit: limit)
                var names: [String] = []
                var next: ListStart?
                repeat {
                    let page = try await store.list(request)
                    #expect(page.entries.count + page.prefixes.count <= limit)
                    names += page.entries.map(\.key) + page.prefixes
                    next = page.next
                    request.start = next ?? .beginning
                } while next != nil && names.count < 100
                let whole = try await store.list(ListRequest(prefix: "v1/", delimiter: delimiter))
                #expect(names.sorted() == (whole.entries.map(\.key) + whole.prefixes).sorted(), "pages of \(limit)")
            }
        }
    }

    private func tellsOfOneFile() async throws {
        let store = try await makeSubject(Self.files).store
        for listed in try await store.list(ListRequest(prefix: "")).entries {
            #expect(try await store.stat(listed.key) == listed)
        }
        for absent in ["nothing", "v1/foo", "v1/foo/", "v1/foo/README/x"] {
            await #expect(throws: StoreError.notFound(absent)) { try await store.stat(absent) }
        }
    }

    private func readsRanges() async throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let store = try await makeSubject(["a/large": bytes, "a/empty": []]).store
        let large = try await store.stat("a/large")
        let ranges: [Range<Int64>] = [0..<3_000_000, 0..<1, 2_999_999..<3_000_000, 17..<2_097_160, 5..<5]
        for range in ranges {
            var received: [UInt8] = []
            try await store.read(large, range: range) { received.append(contentsOf: $0) }
            #expect(received == Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]), "\(range)")
        }
        let empty = try await store.stat("a/empty")
        try await store.read(empty, range: 0..<0) { #expect($0.isEmpty) }
    }

    private func noticesAChange() async throws {
        let subject = try await makeSubject(["a/file": Array("first".utf8), "a/other": [1]])
        let entry = try await subject.store.stat("a/file")
        try subject.replace("a/file", Array("other".utf8))
        await #expect(throws: StoreError.changed("a/file")) {
            try await subject.store.read(entry, range: 0..<5) { _ in }
        }
        #expect(try await subject.store.stat("a/file") != entry)
        let gone = StoreEntry(key: "a/gone", byteCount: 5, modified: entry.modified, etag: entry.etag)
        await #expect(throws: StoreError.notFound("a/gone")) {
            try await subject.store.read(gone, range: 0..<5) { _ in }
        }
    }

    private func passesOnWhatTheSinkThrows() async throws {
        struct Full: Error {}
        let store = try await makeSubject(["a/file": [1, 2, 3]]).store
        let entry = try await store.stat("a/file")
        await #expect(throws: Full.self) {
            try await store.read(entry, range: 0..<3) { _ in throw Full() }
        }
    }
}
