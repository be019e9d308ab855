import Backups

/// One call that only reads: what is asked of a bucket, before it has an address and a signature.
struct S3Call: Sendable {
    enum Purpose: Sendable, Equatable {
        case list
        case read(key: String)
    }

    var method: HTTPRequest.Method = .get
    var purpose: Purpose
    var query: [(name: String, value: String)] = []
    var headers: [HTTPField] = []

    /// Empty for the bucket itself.
    var key: String {
        switch purpose {
        case .list: ""
        case .read(let key): key
        }
    }
}
