import Backups
import Testing

@testable import HTTP
@testable import S3Store

@Suite("Why a bucket can't be used")
struct S3ErrorTests {
    @Test("a region that there is none of is what the next step is about, on AWS only")
    func unknownRegion() {
        let unresolved = HTTPError.cannotResolve(host: "b.s3.nowhere-1.amazonaws.com")
        let error = S3Error.noResponse("list bucket 'b'", unresolved, region: "nowhere-1")
        #expect(
            error.description == "cannot list bucket 'b': the host name b.s3.nowhere-1.amazonaws.com can't be resolved"
        )
        #expect(
            error.nextStep
                == "is 'nowhere-1' the right region? \(setting: "region") names another, \(setting: "endpoint") a server that is not AWS"
        )
        let elsewhere = S3Error.noResponse("list bucket 'b'", .cannotResolve(host: "minio.test"), region: nil)
        #expect(
            elsewhere.nextStep
                == "check the address (\(setting: "endpoint"), AWS_ENDPOINT_URL), and that the network reaches it"
        )
    }

    @Test("an archived object is named with the command that brings it back, in words that a shell can take")
    func archived() {
        let error = S3Error.archived(
            key: "v1/foo/it's",
            version: "x1",
            bucket: "b",
            storageClass: "DEEP_ARCHIVE"
        )
        #expect(error.description == "cannot read v1/foo/it's: it is archived (DEEP_ARCHIVE)")
        #expect(
            error.nextStep
                == """
                restore the object first, which takes hours: \
                \(.run("aws s3api restore-object --bucket 'b' --key 'v1/foo/it'\\''s' --version-id 'x1' --restore-request Days=7"))\
                ; then download it again
                """
        )
        #expect(error.category == .failed)
    }
}
