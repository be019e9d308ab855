import Backups
import FoundationEssentials
import Text

/// A page of a listing as XML (Amazon S3 API Reference, "ListObjectsV2" and "ListObjectVersions").
enum ListingDocument {
    private static let namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

    static func of(_ page: ListPage, bucket: String, _ query: ListQuery) -> XMLDocument {
        let request = query.request
        let name = { (name: String) in
            query.isURLEncoded ? PercentEncoding.encode(name, keepsSlash: true) : name
        }
        let root = request.listsVersions ? "ListVersionsResult" : "ListBucketResult"
        return XMLDocument(root, namespace: namespace) { listing in
            listing.add("Name", bucket)
            listing.add("Prefix", name(request.prefix))
            if let delimiter = request.delimiter { listing.add("Delimiter", name(delimiter)) }
            if query.isURLEncoded { listing.add("EncodingType", "url") }
            if let limit = request.limit { listing.add("MaxKeys", "\(limit)") }
            if let startAfter = query.startAfter { listing.add("StartAfter", name(startAfter)) }
            let next = page.next.flatMap(ListQuery.token)
            listing.add("IsTruncated", "\(next != nil)")
            if request.listsVersions {
                if let next { listing.add("NextKeyMarker", next) }
            } else {
                listing.add("KeyCount", "\(page.entries.count + page.prefixes.count)")
                if let token = query.token { listing.add("ContinuationToken", token) }
                if let next { listing.add("NextContinuationToken", next) }
            }
            for (index, entry) in page.entries.enumerated() {
                let isFirst = index == 0 || page.entries[index - 1].key != entry.key
                if entry.state == .deleted, isFirst { addDeletion(of: entry, name(entry.key), to: &listing) }
                add(entry, name(entry.key), to: &listing, request)
            }
            for prefix in page.prefixes { listing.add("CommonPrefixes") { $0.add("Prefix", name(prefix)) } }
        }
    }

    private static func add(_ entry: StoreEntry, _ name: String, to listing: inout XMLDocument, _ request: ListRequest)
    {
        listing.add(request.listsVersions ? "Version" : "Contents") { item in
            item.add("Key", name)
            item.add("LastModified", InternetTime.text(of: entry.modified))
            item.add("ETag", "\"\(entry.etag)\"")
            item.add("Size", "\(entry.byteCount)")
            item.add("StorageClass", entry.storageClass ?? "STANDARD")
            guard request.listsVersions else { return }
            item.add("VersionId", entry.versionID)
            item.add("IsLatest", "\(entry.state == .current)")
        }
    }

    /// What S3 puts before the versions of an object that was deleted. A store knows no time of it: it stands with that
    /// of the version before.
    private static func addDeletion(of entry: StoreEntry, _ name: String, to listing: inout XMLDocument) {
        listing.add("DeleteMarker") { item in
            item.add("Key", name)
            item.add("LastModified", InternetTime.text(of: entry.modified))
            item.add("VersionId", "deletion-of-\(entry.versionID)")
            item.add("IsLatest", "true")
        }
    }
}
