package import Backups
import Foundation
import Synchronization

/// Files in memory, and all that they ever were: what a bucket that keeps versions has, without the bucket.
package final class VersionedStore: Store {
    private struct Version {
        var bytes: [UInt8]
        var id: String
    }

    private struct File {
        /// The newest first.
        var versions: [Version] = []
        var isDeleted = false
    }

    private let files = Mutex<[String: File]>([:])
    private let versionCount = Mutex(0)
    package let traits = StoreTraits.remote(parallelCalls: 8)

    package init() {}

    package func put(_ key: String, _ bytes: [UInt8]) {
        let number = versionCount.withLock { count in
            count += 1
            return count
        }
        files.withLock { files in
            files[key, default: File()].versions.insert(Version(bytes: bytes, id: "version-\(number)"), at: 0)
            files[key]?.isDeleted = false
        }
    }

    package func remove(_ key: String) { files.withLock { $0[key]?.isDeleted = true } }

    package func list(_ request: ListRequest) async throws -> ListPage {
        let files = files.withLock(\.self)
        var page = ListPage()
        var last = ""
        if case .after(let name) = request.start { last = name }
        for key in files.keys.sorted(by: { $0.precedesInBytes($1) }) where key.utf8.starts(with: request.prefix.utf8) {
            let entries = entries(key, files[key] ?? File()).filter { request.listsVersions || $0.state == .current }
            let rest = key.afterBytes(of: request.prefix)
            let end = request.delimiter.flatMap { rest.firstRange(of: $0) }?.upperBound
            let name = end.map { request.prefix + rest[..<$0] } ?? key
            guard !entries.isEmpty, last.precedesInBytes(name) else { continue }
            guard page.entries.count + page.prefixes.count < request.limit ?? .max else {
                page.next = .after(last)
                break
            }
            last = name
            if end == nil { page.entries += entries } else { page.prefixes.append(name) }
        }
        return page
    }

    private func entries(_ key: String, _ file: File) -> [StoreEntry] {
        file.versions.enumerated().map { index, version in
            StoreEntry(
                key: key,
                byteCount: Int64(version.bytes.count),
                modified: Date(timeIntervalSince1970: 1_700_000_000),
                etag: "\(version.bytes.hashValue)",
                version: version.id,
                state: file.isDeleted ? .deleted : index == 0 ? .current : .noncurrent
            )
        }
    }

    package func stat(_ key: String) async throws -> StoreEntry {
        let file = files.withLock { $0[key] }
        guard var entry = file.flatMap({ entries(key, $0).first }), entry.state == .current else {
            throw StoreError.notFound(key)
        }
        entry.version = nil
        return entry
    }

    package func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let versions = files.withLock { $0[entry.key] }?.versions ?? []
        guard let version = versions.first(where: { entry.version == nil || $0.id == entry.version }) else {
            throw StoreError.notFound(entry.key)
        }
        guard "\(version.bytes.hashValue)" == entry.etag else { throw StoreError.changed(entry.key) }
        try version.bytes[Int(range.lowerBound)..<Int(range.upperBound)].withUnsafeBytes { try sink($0) }
    }
}
