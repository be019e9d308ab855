import Backups
import HTTPTypes

/// What a request is answered with, before a byte is sent.
struct BucketResponse: Sendable {
    enum Body: Sendable {
        case none
        case document(XMLDocument)
        /// Bytes of an object.
        case object(StoreEntry, any Store, Range<Int64>)
    }

    var status: HTTPResponse.Status = .ok
    var fields: HTTPFields = [:]
    var body: Body = .none

    init(_ document: XMLDocument, status: HTTPResponse.Status = .ok) {
        self.status = status
        fields = [.contentType: "application/xml", .contentLength: "\(document.text.utf8.count)"]
        body = .document(document)
    }

    init(_ failure: BucketFailure) {
        self.init(failure.document, status: failure.status)
    }

    init(_ fields: HTTPFields) {
        self.fields = fields
    }
}
