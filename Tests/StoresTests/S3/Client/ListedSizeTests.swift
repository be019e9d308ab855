import Backups
import Testing

@testable import S3Store

@Suite("A listed size")
struct ListedSizeTests {
    private func body(size: String) -> [UInt8] {
        Array(
            """
            <ListBucketResult><Contents><Key>a/b</Key><Size>\(size)</Size>\
            <LastModified>2026-01-31T00:00:00Z</LastModified></Contents></ListBucketResult>
            """.utf8
        )
    }

    @Test(
        "that no file can have makes a name unusable",
        arguments: ["-1", "9007199254740993", "9223372036854775807", "9223372036854775808"]
    )
    func impossible(size: String) throws {
        let page = try ListResponse(body(size: size)).page(of: "a/")
        #expect(page.entries.isEmpty)
        #expect(page.unusable.map(\.name) == ["b"])
        #expect(page.unusable.map(\.reason) == ["its size or time can't be read"])
    }

    @Test("that a file can have is taken", arguments: ["0", "9007199254740992"])
    func possible(size: String) throws {
        #expect(try ListResponse(body(size: size)).page(of: "a/").entries.map(\.byteCount) == [Int64(size)])
    }
}
