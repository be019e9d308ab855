import Text

extension ClusterFolder {
    /// How much is read of a file that may say that a backup is finished, in bytes.
    private static let maxCompletionByteCount: Int64 = 256 << 10

    /// What is in folders that hold backups, without those that are unfinished.
    func reading(_ folders: [String], listsVersions: Bool = false) async throws -> FolderReading {
        var reading = FolderReading()
        // Not every server lists them in order.
        guard let first = folders.min(by: { $0.precedesInBytes($1) }),
            let last = folders.max(by: { $0.precedesInBytes($1) })
        else { return reading }
        // They stand together: one listing of all of them is quicker than one of each.
        let known = Set(folders.map(ByteText.init))
        let common = first.commonBytes(with: last)
        var entries: [StoreEntry] = []
        var taken: String?
        try await store.listPages(ListRequest(prefix: common, listsVersions: listsVersions)) { page in
            let page = listsVersions ? page.keepingNoncurrent(&taken) : page
            entries += page.entries.filter { known.contains(ByteText($0.key.folder(below: prefix))) }
            reading.ignored += page.unusable
            return true
        }
        var unfinished: [String: String] = [:]
        if let completion = layout.completion, !listsVersions {
            unfinished = try await reasonsAgainst(folders, entries, completion)
        }
        for (folder, reason) in unfinished {
            reading.ignored.append(IgnoredName(name: folder.afterBytes(of: prefix), reason: reason))
        }
        for entry in entries where unfinished[entry.key.folder(below: prefix)] == nil {
            try Task.checkCancellation()
            take(entry, into: &reading)
        }
        return reading
    }

    /// The folders that are not finished, with why.
    private func reasonsAgainst(
        _ folders: [String],
        _ entries: [StoreEntry],
        _ completion: CompletionFile
    ) async throws -> [String: String] {
        var files: [String: StoreEntry] = [:]
        for entry in entries {
            let folder = entry.key.folder(below: prefix)
            if entry.key.hasSameBytes(as: folder + completion.name) { files[folder] = entry }
        }
        var reasons: [String: String] = [:]
        for folder in folders where files[folder] == nil {
            reasons[folder] = "it is unfinished: \(completion.name), which is written last, is missing"
        }
        guard let text = completion.text else { return reasons }
        let found = try await store.traits.inParallel(Array(files)) { folder, entry in
            (folder, try await contains(text, entry))
        }
        for (folder, isThere) in found where !isThere {
            reasons[folder] = "it is unfinished: \(completion.name) has no \(text)"
        }
        return reasons
    }

    private func contains(_ text: String, _ entry: StoreEntry) async throws -> Bool {
        var bytes: [UInt8] = []
        let count = min(entry.byteCount, Self.maxCompletionByteCount)
        if count > 0 { try await store.read(entry, range: 0..<count) { bytes += $0 } }
        return String(decoding: bytes, as: UTF8.self).contains(text)
    }
}

extension String {
    /// What both begin with, up to a whole character.
    fileprivate func commonBytes(with other: String) -> String {
        var end = utf8.startIndex
        var otherEnd = other.utf8.startIndex
        while end < utf8.endIndex, otherEnd < other.utf8.endIndex, utf8[end] == other.utf8[otherEnd] {
            end = utf8.index(after: end)
            otherEnd = other.utf8.index(after: otherEnd)
        }
        while end > utf8.startIndex, end < utf8.endIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(decoding: utf8[..<end], as: UTF8.self)
    }

    /// The key of the folder in a prefix that a file is in, however deep, with its `/`; empty where it is in none.
    fileprivate func folder(below prefix: String) -> String {
        let rest = utf8.dropFirst(prefix.utf8.count)
        guard let end = rest.firstIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(decoding: utf8[...end], as: UTF8.self)
    }
}
