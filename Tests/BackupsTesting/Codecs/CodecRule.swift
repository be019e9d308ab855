import Backups
import Testing

/// A rule that every codec keeps to.
package struct CodecRule: Sendable {
    let sentence: String
    let check: @Sendable (_ codec: CodecUnderTest) async throws -> Void

    /// A rule and a codec that keeps to it.
    package struct Case: Sendable, CustomTestStringConvertible {
        let rule: CodecRule
        let codec: CodecUnderTest

        package var testDescription: String { "\(codec.codec.encoding) \(rule.sentence)" }

        package func check() async throws { try await rule.check(codec) }
    }

    private static let all = [
        CodecRule(sentence: "decodes a stream however it is split") { try $0.decodesHoweverItIsSplit() },
        CodecRule(sentence: "says where a stream is cut off") { try $0.noticesTruncation() },
        CodecRule(sentence: "hands over bounded pieces") { try $0.boundsItsPieces() },
        CodecRule(sentence: "keeps to its budget") { try $0.keepsToItsBudget() },
        CodecRule(sentence: "throws on what a sink throws") { try $0.passesOnWhatTheSinkThrows() },
        CodecRule(sentence: "never takes altered bytes for the original") {
            try $0.neverTakesAlteredBytesForTheOriginal()
        },
        CodecRule(sentence: "ends when its task is cancelled") { try await $0.endsWhenItsTaskIsCancelled() },
    ]

    /// Each rule with each codec.
    package static func cases(of codecs: [CodecUnderTest]) -> [Case] {
        codecs.flatMap { codec in all.map { Case(rule: $0, codec: codec) } }
    }
}
