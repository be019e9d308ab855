import Backups

extension Store {
    /// A page of a listing. Of what keeps no versions, each file is the one version there is, as in a bucket whose
    /// versioning was never turned on (Amazon S3 User Guide, "Listing objects in a versioning-enabled bucket").
    func page(_ request: ListRequest) async throws -> ListPage {
        do {
            return try await list(request)
        } catch StoreError.unsupported where request.listsVersions {
            var request = request
            request.listsVersions = false
            return try await list(request)
        }
    }

    /// One file, or one version of it.
    ///
    /// - Throws: `StoreError`, `BucketFailure.noSuchVersion`.
    func entry(_ key: String, _ version: String?) async throws -> StoreEntry {
        guard let version else { return try await stat(key) }
        // A store finds its versions by listing them only.
        var request = ListRequest(prefix: key, listsVersions: true)
        while true {
            let page = try await page(request)
            for entry in page.entries where entry.key.utf8.elementsEqual(key.utf8) && entry.versionID == version {
                return entry
            }
            guard let next = page.next else { throw BucketFailure.noSuchVersion }
            request.start = next
        }
    }
}

extension StoreEntry {
    /// What S3 calls the version.
    var versionID: String { version ?? "null" }
}
