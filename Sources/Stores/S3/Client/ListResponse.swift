import Backups
import FoundationEssentials
import HTTP
import Text

/// One page of a listing, read from the XML of ListObjectsV2 or ListObjectVersions.
///
/// Source: Amazon S3 API Reference, "ListObjectsV2" and "ListObjectVersions". Servers leave out what they don't know,
/// and give the elements in any order.
struct ListResponse {
    /// The values of `StorageClass` whose objects must be restored before they can be read.
    private static let archives: Set = ["GLACIER", "DEEP_ARCHIVE"]

    private var root: String?
    private var fields: [String: String] = [:]
    private var item: [String: String] = [:]
    private var objects: [[String: String]] = []
    /// Of a listing of versions, what it ends with.
    private var lastVersion: [String: String]?
    private var prefixes: [String] = []
    private var isURLEncoded: Bool { fields["EncodingType"]?.lowercased() == "url" }

    /// - Throws: `XMLReadingError` where it is no such XML.
    init(_ body: [UInt8]) throws {
        let reading = Reading()
        try XMLReader.read(body) { path, text in reading.take(path, text) }
        self = reading.response
        guard let root, root == "ListBucketResult" || root == "ListVersionsResult" else {
            throw XMLReadingError(reason: "it is not a listing")
        }
    }

    private init() {}

    /// What was read so far.
    private final class Reading {
        var response = ListResponse()

        func take(_ path: [String], _ text: String) {
            switch path.count {
            case 1: response.root = path[0]
            case 2:
                switch path[1] {
                case "Contents", "Version", "DeleteMarker":
                    if path[1] != "DeleteMarker" { response.objects.append(response.item) }
                    if path[1] != "Contents" { response.lastVersion = response.item }
                    response.item = [:]
                case "CommonPrefixes": break
                default: response.fields[path[1]] = text
                }
            case 3:
                switch path[1] {
                case "Contents", "Version", "DeleteMarker": response.item[path[2]] = text
                case "CommonPrefixes" where path[2] == "Prefix": response.prefixes.append(text)
                default: break
                }
            default: break
            }
        }
    }

    // MARK: - The page

    /// - Parameter prefix: What was asked for.
    /// - Throws: `XMLReadingError` where a page is not the last and does not say where the next one begins.
    func page(of prefix: String) throws -> ListPage {
        var page = ListPage()
        page.entries.reserveCapacity(objects.count)
        for object in objects {
            guard let written = object["Key"], let key = decoded(written) else {
                let name = (object["Key"] ?? "").afterBytes(of: prefix)
                page.unusable.append(IgnoredName(name: name, reason: "its name is not UTF-8"))
                continue
            }
            guard let byteCount = object["Size"].flatMap({ Int64($0) }),
                HTTPHead.possibleByteCounts.contains(byteCount),
                let modified = object["LastModified"].flatMap(InternetTime.date)
            else {
                page.unusable.append(
                    IgnoredName(name: key.afterBytes(of: prefix), reason: "its size or time can't be read")
                )
                continue
            }
            guard key.utf8.starts(with: prefix.utf8) else { throw Self.notAskedFor }
            let storageClass = object["StorageClass"]
            page.entries.append(
                StoreEntry(
                    key: key,
                    byteCount: byteCount,
                    // Whole seconds, as in the headers of the object itself.
                    modified: Date(timeIntervalSince1970: modified.timeIntervalSince1970.rounded(.down)),
                    etag: ETag.bare(object["ETag"] ?? ""),
                    version: object["VersionId"],
                    state: object["IsLatest"] == "false" ? .noncurrent : .current,
                    storageClass: storageClass.flatMap { Self.archives.contains($0) ? $0 : nil }
                )
            )
        }
        for written in prefixes {
            guard let folder = decoded(written) else {
                page.unusable.append(IgnoredName(name: written, reason: "its name is not UTF-8"))
                continue
            }
            guard folder.utf8.starts(with: prefix.utf8) else { throw Self.notAskedFor }
            page.prefixes.append(folder)
        }
        if fields["IsTruncated"] == "true" { page.next = try next(after: page) }
        return page
    }

    /// Taken for the names in a folder, those in another would be backups of the wrong cluster.
    private static let notAskedFor = XMLReadingError(reason: "it has names that were not asked for")

    private func next(after page: ListPage) throws -> ListStart {
        if let token = fields["NextContinuationToken"], !token.isEmpty { return .mark(token) }
        if let key = fields["NextKeyMarker"].flatMap({ decoded($0) }), !key.isEmpty {
            return .mark(VersionMark(key: key, version: fields["NextVersionIdMarker"]).text)
        }
        // Some servers give no token; the last name does as well, or the last version of it.
        if let version = lastVersion, let key = version["Key"].flatMap({ decoded($0) }) {
            return .mark(VersionMark(key: key, version: version["VersionId"]).text)
        }
        let last = [page.entries.last?.key, page.prefixes.last].compactMap(\.self).max { $0.precedesInBytes($1) }
        guard let last else { throw XMLReadingError(reason: "it has no name, and says that more follow") }
        return .after(last)
    }

    /// Names are encoded as in a form: some servers write a space as `+`, and all write `+` as `%2B`.
    private func decoded(_ text: String) -> String? {
        isURLEncoded ? PercentEncoding.decode(text, plusIsSpace: true) : text
    }
}

/// Where the next page of versions begins: behind one version of a key.
struct VersionMark {
    var key: String
    var version: String?

    var text: String { key + "\u{0}" + (version ?? "") }

    init(key: String, version: String?) {
        self.key = key
        self.version = version
    }

    init(_ text: String) {
        let parts = text.split(separator: "\u{0}", maxSplits: 1, omittingEmptySubsequences: false)
        key = String(parts[0])
        version = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil
    }
}

/// An entity tag: headers have it in quotes, some servers' listings don't, and a proxy may call it weak.
enum ETag {
    static func bare(_ text: String) -> String {
        var bare = text.utf8[...]
        if bare.starts(with: "W/".utf8) { bare = bare.dropFirst(2) }
        let isQuoted = bare.count >= 2 && bare.first == UInt8(ascii: "\"") && bare.last == UInt8(ascii: "\"")
        return String(Substring(isQuoted ? bare.dropFirst().dropLast() : bare))
    }
}
