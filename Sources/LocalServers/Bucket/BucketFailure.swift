import NIOHTTP1

/// Why a request is refused, as S3 says it (Amazon S3 API Reference, "Error responses").
struct BucketFailure: Error, Equatable {
    let status: HTTPResponseStatus
    let code: String
    let message: String

    init(_ status: HTTPResponseStatus, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    static let noSuchBucket = BucketFailure(.notFound, "NoSuchBucket", "The specified bucket does not exist")
    static let noSuchKey = BucketFailure(.notFound, "NoSuchKey", "The specified key does not exist.")
    static let noSuchVersion = BucketFailure(.notFound, "NoSuchVersion", "The specified version does not exist.")
    static let readsOnly = BucketFailure(.methodNotAllowed, "MethodNotAllowed", "This bucket can only be read.")
    static let unsatisfiableRange = BucketFailure(
        .rangeNotSatisfiable,
        "InvalidRange",
        "The requested range is not satisfiable"
    )
    static let changed = BucketFailure(
        .preconditionFailed,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold"
    )
    static let anonymous = BucketFailure(.forbidden, "AccessDenied", "Access Denied")
    static let undated = BucketFailure(
        .forbidden,
        "AccessDenied",
        "AWS authentication requires a valid Date or x-amz-date header"
    )
    static let unknownAccessKey = BucketFailure(
        .forbidden,
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records."
    )
    static let skewed = BucketFailure(
        .forbidden,
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large."
    )
    static let busy = BucketFailure(.serviceUnavailable, "SlowDown", "Please reduce your request rate.")

    static func invalid(_ name: String) -> BucketFailure {
        BucketFailure(.badRequest, "InvalidArgument", "\(name) is not valid")
    }

    static func notImplemented(_ what: String) -> BucketFailure {
        BucketFailure(.notImplemented, "NotImplemented", "\(what) is not supported")
    }

    static func unreadable(_ reason: String) -> BucketFailure {
        BucketFailure(.internalServerError, "InternalError", reason)
    }

    var document: XMLDocument {
        XMLDocument("Error") { error in
            error.add("Code", code)
            error.add("Message", message)
        }
    }
}
