import Glibc
import TestSupport
import Testing

@testable import Shell

@Suite("The form of a fact's text")
struct FactShapeTests {
    @Test("what a pattern matches of that form is never called impossible")
    func sound() {
        var random = SeededGenerator(seed: 11)
        let pieces = ["*", "?", "[0-9]", "[!a]", "[a-f]", "3", "a", "f", ".", "\\*", "[", "[]a]", "x"]
        for _ in 0..<3000 {
            let pattern = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            let hash = String(
                UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0...60, using: &random),
                radix: 16
            )
            if fnmatch(pattern, hash, 0) == 0 {
                #expect(FactShape.hash.canMatch(pattern: pattern), "\(pattern) \(hash)")
            }
            let version = "3.\(Int.random(in: 0...30, using: &random)).\(Int.random(in: 0...99, using: &random))"
            if fnmatch(pattern, version, 0) == 0 {
                #expect(FactShape.version.canMatch(pattern: pattern), "\(pattern) \(version)")
            }
        }
    }

    @Test("values of the form are of it, and others are not")
    func values() {
        #expect(FactShape.sha256.canBe(String(repeating: "0f", count: 32)))
        #expect(!FactShape.sha256.canBe(String(repeating: "0F", count: 32)))
        #expect(!FactShape.sha256.canBe(String(repeating: "0f", count: 31)))
        #expect(
            FactShape.version.canBe("3.4.23") && FactShape.version.canBe("3.5.0-rc.1") && FactShape.version.canBe("3.4")
        )
        #expect(!FactShape.version.canBe("3") && !FactShape.version.canBe("v3.4"))
        #expect(FactShape.hash.canBe("9b008000") && !FactShape.hash.canBe("") && !FactShape.hash.canBe("0x1"))
        #expect(FactShape.hash.canBe("0") && !FactShape.hash.canBe("00a1") && !FactShape.hash.canBe("00"))
    }
}
