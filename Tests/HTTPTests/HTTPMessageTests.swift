import HTTP
import Testing

@Suite("The head of a response")
struct HTTPMessageTests {
    @Test(
        "reports a size only where a file can have it",
        arguments: [
            ("0", 0), ("9007199254740992", 1 << 53), ("9007199254740993", nil), ("9223372036854775807", nil),
            ("-1", nil),
        ] as [(String, Int64?)]
    )
    func wholeByteCount(text: String, byteCount: Int64?) {
        #expect(HTTPHead(status: 200, headers: [HTTPField("Content-Length", text)]).wholeByteCount == byteCount)
        let range = HTTPField("Content-Range", "bytes 0-0/\(text)")
        #expect(HTTPHead(status: 206, headers: [range]).wholeByteCount == byteCount)
    }
}
