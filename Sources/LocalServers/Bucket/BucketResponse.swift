import Backups
import NIOHTTP1

/// The response to a request, before a byte is sent.
struct BucketResponse: Sendable {
    enum Body: Sendable {
        case none
        case document(XMLDocument)
        /// Bytes of an object.
        case object(StoreEntry, any Store, Range<Int64>)
    }

    var status: HTTPResponseStatus = .ok
    var headers: HTTPHeaders = [:]
    var body: Body = .none

    init(_ document: XMLDocument, status: HTTPResponseStatus = .ok) {
        self.status = status
        headers = ["Content-Type": "application/xml"]
        body = .document(document)
    }

    init(_ failure: BucketFailure) {
        self.init(failure.document, status: failure.status)
    }

    init(_ headers: HTTPHeaders) {
        self.headers = headers
    }
}
