import HTTP

/// One call to a bucket, before it has an address and a signature. There is none that writes.
struct S3Call: Sendable {
    enum Method: Sendable {
        case get
        case head
    }

    enum Purpose: Sendable, Equatable {
        case list
        case read(key: String)
    }

    var method = Method.get
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
