package import Backups
import Blocking
import Files
import FoundationEssentials
import Glibc
import Text

/// A world's bucket, or what its service serves: many names over few files.
package struct WorldStore: Store {
    private struct Object: Sendable {
        var entry: StoreEntry
        /// The file with its bytes.
        var path: String
    }

    /// In the order of their keys.
    private let objects: [Object]
    private let keepsVersions: Bool
    package let traits = StoreTraits.remote(parallelCalls: 8)

    /// - Parameters:
    ///   - place: Whose backups it has.
    ///   - prefix: What all keys begin with, with a `/` at its end; may be empty.
    ///   - contents: The file that has a variant's bytes, its ETag and its length.
    package init(
        _ plan: WorldPlan,
        _ place: SourceKind,
        prefix: String = "",
        keepsVersions: Bool = false,
        contents: [ContentVariant: ContentFile]
    ) {
        self.keepsVersions = keepsVersions
        objects = plan.backups.compactMap { backup in
            guard backup.places.contains(place), !backup.isDeleted || keepsVersions,
                let content = contents[backup.variant]
            else { return nil }
            let entry = StoreEntry(
                key: prefix + backup.path,
                byteCount: content.byteCount,
                modified: backup.modified,
                etag: content.etag,
                version: keepsVersions ? backup.versionID : nil,
                state: backup.isDeleted ? .deleted : .current
            )
            return Object(entry: entry, path: content.path)
        }
    }

    private static let pageCount = 1000

    package func list(_ request: ListRequest) async throws -> ListPage {
        if request.listsVersions, !keepsVersions {
            throw StoreError.unsupported(reason: "the bucket keeps no older versions")
        }
        let prefix = request.prefix
        var start = prefix
        switch request.start {
        case .beginning: break
        case .after(let name), .mark(let name): start = name.precedesInBytes(prefix) ? prefix : name
        }
        var index = objects.partitionPoint { $0.entry.key.precedesInBytes(start) }
        var page = ListPage()
        var last = ""
        let limit = min(request.limit ?? Self.pageCount, Self.pageCount)
        while index < objects.count {
            let object = objects[index]
            let key = object.entry.key
            guard key.utf8.starts(with: prefix.utf8) else { break }
            index += 1
            if request.start != .beginning, key == start { continue }
            guard request.listsVersions || object.entry.state == .current else { continue }
            let folded = Self.folded(key, request)
            if let folded, folded == page.prefixes.last || folded == start { continue }
            guard page.entries.count + page.prefixes.count < limit else {
                page.next = last.isEmpty ? nil : .after(last)
                break
            }
            last = folded ?? key
            if let folded {
                page.prefixes.append(folded)
                index = objects.partitionPoint { $0.entry.key.precedesInBytes(Self.pastAll(folded)) }
            } else {
                page.entries.append(request.listsVersions ? object.entry : object.entry.withoutVersion)
            }
        }
        return page
    }

    /// The common prefix that a key is folded into.
    private static func folded(_ key: String, _ request: ListRequest) -> String? {
        guard let delimiter = request.delimiter?.utf8.first else { return nil }
        let bytes = key.utf8.dropFirst(request.prefix.utf8.count)
        guard let end = bytes.firstIndex(of: delimiter) else { return nil }
        return String(key[...end])
    }

    /// What comes after all keys of a common prefix, which ends in an ASCII character.
    private static func pastAll(_ prefix: String) -> String {
        guard let last = prefix.utf8.last else { return prefix }
        return String(decoding: prefix.utf8.dropLast() + [last + 1], as: UTF8.self)
    }

    package func stat(_ key: String) async throws -> StoreEntry {
        guard let object = objects.first(where: { $0.entry.key == key && $0.entry.state == .current }) else {
            throw StoreError.notFound(key)
        }
        return object.entry.withoutVersion
    }

    package func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let object = objects.first { object in
            object.entry.key == entry.key
                && (entry.version.map { $0 == object.entry.version } ?? (object.entry.state == .current))
        }
        guard let object else { throw StoreError.notFound(entry.key) }
        guard object.entry.etag == entry.etag, range.upperBound <= object.entry.byteCount else {
            throw StoreError.changed(entry.key)
        }
        let bytes = try await BlockingWork.run(at: Place(folderOf: object.path)) {
            try FileRange.read(range, of: object.path)
        }
        try bytes.withUnsafeBytes { try sink($0) }
    }
}

/// A file with the bytes of backups.
package struct ContentFile: Sendable, Equatable {
    package var path: String
    package var byteCount: Int64
    package var etag: String
    /// As `sha256sum` prints it.
    package var sha256: String
}

extension StoreEntry {
    fileprivate var withoutVersion: StoreEntry {
        var entry = self
        entry.version = nil
        return entry
    }
}

extension Array {
    /// The first index from which on a predicate does not hold; it holds for all before.
    fileprivate func partitionPoint(_ isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
