import Backups
import FoundationEssentials

/// What a listing is to contain (Amazon S3 API Reference, "ListObjectsV2" and "ListObjectVersions").
struct ListQuery: Sendable, Equatable {
    /// No page has more names.
    private static let maxCount = 1000

    var request: ListRequest
    /// Whether names are percent-encoded in the response, which XML can't hold all of.
    let isURLEncoded: Bool
    /// What the response repeats.
    let (startAfter, token): (String?, String?)

    /// - Parameter parameters: The query's names and values, decoded.
    /// - Throws: `BucketFailure` where one of them can't be understood.
    init(_ parameters: [String: String]) throws(BucketFailure) {
        let listsVersions = parameters["versions"] != nil
        guard listsVersions || parameters["list-type"] == "2" else {
            throw .notImplemented("a listing other than ListObjectsV2 and ListObjectVersions")
        }
        switch parameters["encoding-type"] {
        case nil: isURLEncoded = false
        case "url": isURLEncoded = true
        default: throw .invalid("encoding-type")
        }
        var limit = Self.maxCount
        if let text = parameters["max-keys"] {
            guard let number = Int(text), number >= 0 else { throw .invalid("max-keys") }
            limit = min(number, Self.maxCount)
        }
        startAfter = listsVersions ? nil : parameters["start-after"]
        token = parameters[listsVersions ? "key-marker" : "continuation-token"].flatMap { $0.isEmpty ? nil : $0 }
        request = ListRequest(
            prefix: parameters["prefix"] ?? "",
            delimiter: parameters["delimiter"].flatMap { $0.isEmpty ? nil : $0 },
            start: try Self.start(token, listsVersions: listsVersions) ?? startAfter.map { .after($0) } ?? .beginning,
            limit: limit,
            listsVersions: listsVersions
        )
    }

    // MARK: - Where the next page begins

    /// A token is opaque to the client: the store's own mark, or the name to begin after.
    static func token(of start: ListStart) -> String? {
        switch start {
        case .beginning: nil
        case .after(let name): encoded("a" + name)
        case .mark(let mark): encoded("m" + mark)
        }
    }

    private static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func start(_ token: String?, listsVersions: Bool) throws(BucketFailure) -> ListStart? {
        guard let token else { return nil }
        let text = Data(base64Encoded: token).flatMap { String(validating: $0, as: UTF8.self) }
        switch text?.utf8.first {
        case UInt8(ascii: "a")?: return .after(String((text ?? "").dropFirst()))
        case UInt8(ascii: "m")?: return .mark(String((text ?? "").dropFirst()))
        default:
            // A client may also name the key itself to list versions from.
            if listsVersions { return .after(token) }
            throw .invalid("continuation-token")
        }
    }
}
