public import FoundationEssentials
import Glibc

/// Files under names: an S3 bucket, a directory, a disk image, a host over SSH.
///
/// A store does three things and derives nothing: what can be said over names, sizes and bytes (the newest, totals,
/// retries, resuming, progress, verification) is written once above it. Keys are UTF-8, their parts joined by `/`,
/// without one in front. All three calls throw `StoreError`, and `CancellationError` where their task is cancelled.
public protocol Store: Sendable {
    /// What its calls cost; the same as long as it lives.
    var traits: StoreTraits { get }

    /// One page of the names that begin with a prefix, in the order of their bytes.
    ///
    /// A name that the store has but can't hand over (a dangling link, a name that is no UTF-8) is in the page's
    /// `unusable`, never left out. A prefix without any name is an empty page, not an error.
    func list(_ request: ListRequest) async throws -> ListPage

    /// One file, or `StoreError.notFound`.
    func stat(_ key: String) async throws -> StoreEntry

    /// Hands the bytes of `range` to `sink`, in order, in pieces that are valid during the call only.
    ///
    /// Either the sink has got exactly `range.count` bytes of the file that `entry` describes, or an error is thrown:
    /// `StoreError.changed` where the file is not the same any more. `range` lies within the file. What the sink
    /// throws is rethrown.
    func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws
}

/// What it costs to ask a store for something.
public enum StoreTraits: Sendable, Hashable {
    /// A listing reads all names anyway, and one reader is as quick as several.
    case local
    /// Each call waits for a response over the network: so many of them at once are worth it, and what was read is
    /// worth keeping.
    case remote(parallelCalls: Int)
    /// It comes over the network in one piece, from the start on and without a size: what breaks off starts over.
    case streaming

    /// Whether its entries have ETags, which last as long as the content; what a directory's files have does not
    /// outlast a copy of them.
    public var givesETags: Bool { if case .remote = self { true } else { false } }
}

/// What to list.
public struct ListRequest: Sendable, Hashable {
    /// What the names begin with; names are listed from there on.
    public var prefix: String
    /// Names that have it after the prefix are folded into one common prefix, which ends in it. One ASCII character:
    /// `/` is what every store knows; one that knows no other may fold at `/` instead.
    public var delimiter: String?
    /// Where the page begins.
    public var start: ListStart
    /// At most so many names and common prefixes; a store may give fewer on a page and say that more follow.
    public var limit: Int?
    /// Whether every version is listed that the store has of each file, the newest first, and not only the current one.
    /// A store that keeps none throws `StoreError.unsupported`.
    public var listsVersions: Bool

    public init(
        prefix: String,
        delimiter: String? = nil,
        start: ListStart = .beginning,
        limit: Int? = nil,
        listsVersions: Bool = false
    ) {
        self.prefix = prefix
        self.delimiter = delimiter
        self.start = start
        self.limit = limit
        self.listsVersions = listsVersions
    }
}

/// Where a page of a listing begins.
public enum ListStart: Sendable, Hashable {
    case beginning
    /// With the first name after this one, in the order of their bytes.
    case after(String)
    /// Where an earlier page said that the next one begins. Only the store that said it can read it.
    case mark(String)
}

/// One page of a listing.
public struct ListPage: Sendable {
    /// In the order of their bytes.
    public var entries: [StoreEntry]
    /// Common prefixes, each ending in `/`, in the order of their bytes.
    public var prefixes: [String]
    /// Names that the store has but can't hand over, without the request's folder, in no order.
    public var unusable: [IgnoredName]
    /// Where the next page begins; `nil` on the last.
    public var next: ListStart?

    public init(
        entries: [StoreEntry] = [],
        prefixes: [String] = [],
        unusable: [IgnoredName] = [],
        next: ListStart? = nil
    ) {
        self.entries = entries
        self.prefixes = prefixes
        self.unusable = unusable
        self.next = next
    }
}

/// One file of a store.
public struct StoreEntry: Sendable, Hashable {
    /// Its name in the store.
    public var key: String
    /// The size in bytes.
    public var byteCount: Int64
    /// When it was last written.
    public var modified: Date
    /// Differs when the content may differ: an ETag, or a file's inode, size and time of change.
    public var etag: String
    /// Which of the file's versions it is, where the store keeps several and was asked for them.
    public var version: String?
    /// Whether it is what stands under the key now.
    public var state: VersionState
    /// The class of an archive, from which it must be restored before it can be read: `GLACIER`.
    public var storageClass: String?

    public init(
        key: String,
        byteCount: Int64,
        modified: Date,
        etag: String,
        version: String? = nil,
        state: VersionState = .current,
        storageClass: String? = nil
    ) {
        self.key = key
        self.byteCount = byteCount
        self.modified = modified
        self.etag = etag
        self.version = version
        self.state = state
        self.storageClass = storageClass
    }
}

/// What became of a version of a file.
public enum VersionState: Sendable, Hashable {
    case current
    /// Another one stands under the key now.
    case noncurrent
    /// Nothing stands under the key any more.
    case deleted
}

extension String {
    /// What follows a beginning, whose bytes it has: Swift's own characters may reach over the end of it, as an accent
    /// does that a name begins with.
    public func afterBytes(of beginning: String) -> String {
        String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self)
    }

    /// Whether it comes before another in the order of their bytes, which is the order of a store's names.
    ///
    /// Swift's own order is that of Unicode's canonical forms.
    public func precedesInBytes(_ other: String) -> Bool {
        let order = utf8.withContiguousStorageIfAvailable { a in
            other.utf8.withContiguousStorageIfAvailable { b -> Bool in
                guard let first = a.baseAddress, let second = b.baseAddress else { return a.count < b.count }
                let order = memcmp(first, second, Swift.min(a.count, b.count))
                return order == 0 ? a.count < b.count : order < 0
            }
        }
        return (order ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}

extension Store {
    /// All pages of a listing, put together.
    func listAll(_ request: ListRequest) async throws -> ListPage {
        var whole = ListPage()
        try await listPages(request) { page in
            whole.entries += page.entries
            whole.prefixes += page.prefixes
            whole.unusable += page.unusable
            return true
        }
        return whole
    }

    /// The pages of a listing, one after the other.
    ///
    /// - Parameter take: Gets each page, and returns whether more are wanted.
    func listPages(_ request: ListRequest, _ take: (ListPage) throws -> Bool) async throws {
        var request = request
        var starts: Set<ListStart> = []
        while true {
            try Task.checkCancellation()
            let page = try await list(request)
            guard try take(page), let next = page.next else { return }
            guard starts.insert(next).inserted else {
                throw StoreError.failed(request.prefix, reason: "its listing goes round in a circle")
            }
            request.start = next
        }
    }
}
