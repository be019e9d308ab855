import Foundation
import TestSupport
import Testing

/// What can lie under a backup's name without being a sound snapshot.
struct UnsoundContent: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// How the sentence says what it is, behind the backup's name.
    let reason: String
    /// What `get` can't do with it: a packed one without a snapshot in it can't be decoded.
    let verb: String
    /// What is kept of it: a packed one is decoded, as far as that goes.
    let kept: [UInt8]

    var testDescription: String { name }

    static let all: [UnsoundContent] = {
        let snapshot = (try? Fixture.snapshot("early.db")) ?? []
        let image = Array(snapshot.dropLast(32))
        var flipped = snapshot
        if flipped.count > 9000 { flipped[9000] ^= 1 }
        return [
            .init("empty", [], "it is empty (0 bytes)"),
            .init("no trailer", image, "it ends without a SHA-256, so nothing proves that it is whole"),
            .init(
                "wrong trailer",
                image + [UInt8](repeating: 7, count: 32),
                "it was altered: it ends in the SHA-256 07"
            ),
            .init("a flipped bit", flipped, "it was altered: it ends in the SHA-256 3fbdf2dd"),
            .init("truncated", Array(snapshot.prefix(12345)), "it is truncated: 12345 bytes, where its pages"),
            .init("its last byte is missing", snapshot.dropLast(), "it is truncated: 20511 bytes, where its pages"),
            .init(
                "gzip",
                packed("H4sIAAAAAAAAA0tUKM7ILypRKEmtKNFRKEhMzk5N4QIAwL2NfhUAAAA="),
                "it is the text 'a short text, packed', not an etcd snapshot",
                kept: Array("a short text, packed\n".utf8)
            ),
            .init(
                "zip",
                packed(
                    "UEsDBBQAAAAAAAAAIVzAvY1+FQAAABUAAAAEAAAAdGV4dGEgc2hvcnQgdGV4dCwgcGFja2VkClBLAQIUAxQAAAAAAAAAIVzAvY1+FQAA"
                        + "ABUAAAAEAAAAAAAAAAAAAACAAQAAAAB0ZXh0UEsFBgAAAAABAAEAMgAAADcAAAAAAA=="
                ),
                "none of the 1 files in its zip archive is an etcd snapshot: text",
                verb: "decode"
            ),
            .init(
                "HTML",
                Array("<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n".utf8),
                "it is an HTML page, not an etcd snapshot"
            ),
            .init("JSON", Array(#"{"error": "no such bucket"}"#.utf8), "it is a JSON document, not an etcd snapshot"),
            .init("text", Array("placeholder".utf8), "it is the text 'placeholder', not an etcd snapshot"),
            .init(
                "zeros",
                [UInt8](repeating: 0, count: 20512),
                "it is nothing but zero bytes at its start, not an etcd snapshot"
            ),
        ]
    }()

    private init(
        _ name: String,
        _ bytes: [UInt8],
        _ reason: String,
        verb: String = "accept",
        kept: [UInt8]? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.reason = reason
        self.verb = verb
        self.kept = kept ?? bytes
    }

    private static func packed(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64) ?? Data())
    }
}
