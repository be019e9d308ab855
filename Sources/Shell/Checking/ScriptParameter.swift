import Language
import Text

/// A parameter as a script declares it.
package struct ScriptParameter: Sendable, Equatable {
    package let name: String
    /// As it is written; `nil` where there is none, and the user must give a value.
    package var defaultText: String?
    /// What the value is for.
    package var purpose: String?
    package var isSecret: Bool

    package init(_ name: String, defaultText: String? = nil, purpose: String? = nil, isSecret: Bool = false) {
        self.name = name
        self.defaultText = defaultText
        self.purpose = purpose
        self.isSecret = isSecret
    }
}

extension ScriptParameter {
    /// - Parameter command: A `param` whose name is known.
    init(_ name: String, _ command: BoundCommand) {
        self.init(
            name,
            defaultText: command.words(of: ParamArguments.defaultValue).first.map { word in
                String(decoding: command.source.bytes[word.span.start..<word.span.end], as: UTF8.self)
            },
            purpose: command.words(of: ParamArguments.message).first?.literal,
            isSecret: command.has(ParamArguments.secret)
        )
    }
}

extension ScriptParameter {
    /// What a user is asked for its value.
    package var question: String {
        "\(purpose.map { "\($0.printable), " } ?? "")\(name)\(isSecret ? " (not shown)" : ""): "
    }

    /// What to write instead of a name that the script does not know.
    package static func hint(forUnknown name: String, among names: [String]) -> String {
        Suggestion.hint(for: name, among: names)
            ?? (names.isEmpty ? "it has none: 'param NAME' declares one" : "it has: " + names.joined(separator: ", "))
    }
}
