import Foundation
import TestSupport
import Testing

@testable import Text

@Suite("A secret") struct SecretFormsTests {
    private func masked(_ text: String, _ secret: String) -> String {
        let forms = SecretForms(Array(secret.utf8))
        return SecretText.masking(text, SecretText.merged(forms.ranges(in: Array(text.utf8))))
    }

    @Test("is found as it is, percent-encoded in any way, and in base64 wherever it begins")
    func forms() throws {
        let secret = "s3cr+t/ü? x"
        #expect(masked("a \(secret) b", secret) == "a *** b")
        let encoded = try #require(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        for text in [encoded, encoded.lowercased(), "s3cr%2Bt/%c3%bc?%20x", "%73%33cr+t/ü%3f x", "s3cr+t/ü?+x"] {
            #expect(masked("u=\(text)&v", secret) == "u=***&v", "\(text)")
        }
        for lead in ["", "a", "ab", "user:", "user1:", "user12:"] {
            for tail in ["", "z", "zz", "zzz"] {
                let base64 = Data("\(lead)\(secret)\(tail)".utf8).base64EncodedString()
                let urlSafe = base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
                for text in [base64, urlSafe] {
                    let left = masked("Basic \(text) end", secret)
                    #expect(left.contains("***") && left.hasPrefix("Basic ") && left.hasSuffix(" end"), "\(left)")
                    // What is left decides nothing of the secret's bytes.
                    let rest = left.dropFirst(6).dropLast(4).replacing("***", with: "")
                    let othersBitCount: Int = 8 * (lead.utf8.count + tail.utf8.count)
                    #expect(rest.count * 6 <= othersBitCount + 24, "\(left)")
                }
            }
        }
    }

    @Test("of random bytes is found in each form")
    func random() throws {
        var numbers = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let secret = String(
                (0..<Int.random(in: 4...40, using: &numbers)).map { _ in
                    Character(UnicodeScalar(UInt8.random(in: 0x21...0x7E, using: &numbers)))
                }
            )
            let lead = String(repeating: "k", count: Int.random(in: 0...5, using: &numbers))
            let base64 = Data("\(lead)\(secret)".utf8).base64EncodedString()
            let encoded = try #require(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            for text in [secret, base64, encoded] {
                let left = masked("a \(text) b", secret)
                #expect(left.contains("***") && !left.contains(text), "\(text) of \(secret)")
            }
        }
    }

    @Test("that is not there leaves a text as it is")
    func absent() {
        for text in ["", "%", "%4", "%zz", "a%", "ordinary words", String(repeating: "s", count: 1000)] {
            #expect(masked(text, "s3cret") == text)
        }
    }
}
