import Testing
import Text

@testable import Shell

@Suite("Keys and values as text")
struct KeyTextTests {
    @Test(
        "move no cursor, and leave no byte out",
        arguments: [
            (Array("/registry/größe".utf8), "/registry/größe", nil),
            (Array("a\u{1B}[2Jb\n".utf8), "a\\u{1b}[2Jb\\n", nil),
            ([0x61, 0xFF, 0x00, 0x7E], "a\\xff\\x00~", "Yf8Afg=="),
        ] as [([UInt8], String, String?)]
    )
    func escaped(_ example: (bytes: [UInt8], text: String, base64: String?)) {
        #expect(KeyText.key(example.bytes) == example.text)
        #expect(KeyText.base64IfNeeded(example.bytes) == example.base64)
    }

    @Test("of Kubernetes' binary objects only the name is shown")
    func kubernetes() {
        let metadata: [UInt8] = [0x0A, 2] + Array("db".utf8) + [0x1A, 1] + Array("p".utf8)
        let object: [UInt8] = [0x0A, UInt8(metadata.count)] + metadata + [0x12, 6] + Array("hidden".utf8)
        let type: [UInt8] = [0x12, 6] + Array("Secret".utf8)
        let unknown: [UInt8] = [0x0A, UInt8(type.count)] + type + [0x12, UInt8(object.count)] + object
        #expect(
            KeyText.value(Array("k8s".utf8) + [0] + unknown)
                == "(Secret p/db of Kubernetes, whose contents are not shown)"
        )
    }

    @Test(
        "sizes are those that etcd's own tools print",
        arguments: [
            (0, "0 B"), (9, "9 B"), (10, "10 B"), (999, "999 B"), (1000, "1.0 kB"), (9949, "9.9 kB"), (9950, "10 kB"),
            (45056, "45 kB"), (1_871_872, "1.9 MB"), (2_859_008, "2.9 MB"), (1_065_496_576, "1.1 GB"),
        ] as [(Int64, String)]
    )
    func decimalSizes(_ example: (byteCount: Int64, text: String)) {
        #expect(example.byteCount.decimalByteCountText == example.text)
    }
}
