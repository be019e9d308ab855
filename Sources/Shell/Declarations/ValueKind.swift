import Backups
import Text

/// The kind of an argument or an option's value: how its text is parsed (once), and how it is completed.
struct ValueKind<Value: Sendable>: Sendable {
    /// The name of such a value in findings, with its article.
    let name: String
    var completion = ValueCompletion.none
    /// The types of facts that can be the whole value; by default, those with a text that parses.
    var factTypes: [FactType]?
    /// Whether it is never shown.
    var isSecret = false
    /// - Throws: `UsageError` if the text is not such a value.
    let parse: @Sendable (String) throws(UsageError) -> Value

    init(
        _ name: String,
        completion: ValueCompletion = .none,
        factTypes: [FactType]? = nil,
        isSecret: Bool = false,
        parse: @escaping @Sendable (String) throws(UsageError) -> Value
    ) {
        self.name = name
        self.completion = completion
        self.factTypes = factTypes
        self.isSecret = isSecret
        self.parse = parse
    }

    /// Whether it is a fact, and not a text.
    var isFact: Bool { if case .fact = completion { true } else { false } }

    /// The same without its type.
    var erased: AnyValueKind {
        let parse = parse
        return AnyValueKind(name, completion: completion, factTypes: factTypes, isSecret: isSecret) {
            text throws(UsageError) in try parse(text)
        }
    }
}

/// A kind of value without its Swift type.
typealias AnyValueKind = ValueKind<any Sendable>

extension ValueKind {
    /// Why a text is not such a value; `nil` if it is one.
    func mistake(in text: String) -> UsageError? {
        do throws(UsageError) {
            _ = try parse(text)
            return nil
        } catch {
            return error
        }
    }

    /// Whether a fact of the type can be the whole value.
    func takes(_ type: FactType) -> Bool {
        factTypes?.contains(type) ?? canBe(oneOf: type.sampleTexts)
    }

    /// Whether one of the texts is such a value.
    func canBe(oneOf texts: [String]) -> Bool {
        texts.contains { mistake(in: $0) == nil }
    }
}
