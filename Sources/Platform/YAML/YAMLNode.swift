/// A value in YAML, with its place.
package struct YAMLNode: Sendable {
    package var value: Value
    /// From 1.
    package var line: Int
    /// From 1, in characters of Unicode.
    package var column: Int

    package indirect enum Value: Sendable {
        case text(String, Style)
        case list([YAMLNode])
        /// In the order of the file; each key once.
        case mapping([(key: YAMLNode, value: YAMLNode)])
        /// Nothing, or `null`.
        case null
        /// What a tree can't hold; a problem says why.
        case refused
    }

    /// How a text is written.
    package enum Style: Sendable, Equatable {
        case plain
        /// Below `|`: each of its lines is a line of the file.
        case literal
        /// In quotes, or below `>`.
        case other
    }

    /// Of a text.
    package var text: String? {
        if case .text(let text, _) = value { text } else { nil }
    }
}
