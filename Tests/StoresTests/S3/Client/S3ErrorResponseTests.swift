import Foundation
import Testing

@testable import HTTP
@testable import S3Store

@Suite("What a server's refusal says")
struct S3ErrorResponseTests {
    private func refusal(_ status: Int, _ headers: [HTTPField] = [], body: String = "") -> S3ErrorResponse {
        S3ErrorResponse(HTTPHead(status: status, headers: headers), body: Array(body.utf8))
    }

    @Test("names the region in a header, in the body, or in the host that it redirects to")
    func regions() {
        let header = refusal(301, [HTTPField("x-amz-bucket-region", "eu-west-1")])
        #expect(header.region == "eu-west-1" && header.isOfRegion)
        let body = refusal(
            400,
            body: "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-2</Region></Error>"
        )
        #expect(body.region == "eu-west-2" && body.isOfRegion)
        for host in ["b.s3.eu-west-3.amazonaws.com", "s3-eu-west-3.amazonaws.com", "b.s3-eu-west-3.amazonaws.com"] {
            let redirect = refusal(
                301,
                body: "<Error><Code>PermanentRedirect</Code><Endpoint>\(host)</Endpoint></Error>"
            )
            #expect(redirect.region == "eu-west-3" && redirect.isOfRegion, "\(host)")
            #expect(refusal(307, [HTTPField("Location", "https://\(host)/key")]).region == "eu-west-3")
        }
    }

    @Test("does not take for a region what could be another host")
    func hostileRegions() {
        for text in ["evil.test/", "a@b", "eu-west-1.evil.test", "", "EU", String(repeating: "a", count: 33), "a b"] {
            #expect(refusal(301, [HTTPField("x-amz-bucket-region", text)]).region == nil, "\(text)")
        }
        for host in ["s3.eu-west-1.amazonaws.com.evil.test", "evils3.eu-west-1.amazonaws.com", "evil.test"] {
            #expect(refusal(307, [HTTPField("Location", "https://\(host)/")]).region == nil, "\(host)")
        }
    }

    @Test("tells what may fare better in a moment, and how long to wait")
    func transient() {
        for status in [429, 500, 502, 503, 504] { #expect(refusal(status).isTransient, "\(status)") }
        for status in [400, 403, 404, 412, 416, 501] { #expect(!refusal(status).isTransient, "\(status)") }
        #expect(refusal(400, body: "<Error><Code>RequestTimeout</Code></Error>").isTransient)
        #expect(refusal(503, [HTTPField("Retry-After", "7")]).retryAfter == .seconds(7))
        #expect(refusal(503, [HTTPField("Retry-After", "100000")]).retryAfter == .seconds(60))
        #expect(refusal(503, [HTTPField("Retry-After", "soon")]).retryAfter == nil)
    }

    @Test("tells the server's time, and nothing else for a time")
    func time() {
        let date = refusal(403, [HTTPField("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]).date
        #expect(date == Date(timeIntervalSince1970: 784_111_777))
        for text in ["Sunday, 06-Nov-94 08:49:37 GMT", "now", "", "Sun, 06 Abc 1994 08:49:37 GMT"] {
            #expect(refusal(403, [HTTPField("Date", text)]).date == nil)
        }
    }

    @Test("that is no error of S3 is said to be foreign")
    func foreign() {
        #expect(refusal(404, body: "<html><body>not here").isForeign)
        #expect(refusal(404, body: "<Other><Code>NoSuchKey</Code></Other>").isForeign)
        #expect(!refusal(404).isForeign)
        #expect(!refusal(404, body: "<Error><Code>NoSuchKey</Code></Error>").isForeign)
    }
}
