import Text

/// The completions for a part of the line.
package struct LineCompletion: Sendable, Equatable {
    /// One candidate.
    package struct Candidate: Sendable, Equatable {
        /// The text to insert, quoted for the language.
        package var insert: String
        /// The suffix if this is the only candidate: a space, or nothing after a directory or a `=`.
        package var suffix: String

        /// A candidate; a space follows it unless `suffix` says otherwise.
        package init(insert: String, suffix: String = " ") {
            self.insert = insert
            self.suffix = suffix
        }
    }

    /// The part of the line to replace, in UTF-8 offsets; it ends at the cursor.
    package var replaced: Range<Int>
    /// All candidates, in the order of the list.
    package var candidates: [Candidate]

    /// A completion of the text in a range.
    package init(replacing replaced: Range<Int>, with candidates: [Candidate]) {
        self.replaced = replaced
        self.candidates = candidates
    }

    /// Nothing to offer.
    package static let none = LineCompletion(replacing: 0..<0, with: [])
}

extension LineCompletion {
    /// What Tab does.
    enum Action: Equatable {
        /// Replaces the typed text with `text`; a space at its end is not doubled.
        case replace(text: String)
        case list([Candidate])
        case nothing
    }

    /// What Tab does for the text in the replaced range.
    ///
    /// Candidates with control characters are left out: no quoting makes them printable.
    func action(typed: String) -> Action {
        let usable = candidates.filter { !($0.insert + $0.suffix).unicodeScalars.contains(where: \.isControl) }
        guard let first = usable.first else { return .nothing }
        if usable.count == 1 {
            let text = first.insert + first.suffix
            return text == typed ? .nothing : .replace(text: text)
        }
        let common = usable.dropFirst().reduce(first.insert) { $0.commonPrefix(with: $1.insert) }
        let hasMore =
            common.utf8.count > typed.utf8.count
            || (common.utf8.count == typed.utf8.count && !common.hasSameBytes(as: typed))
        return hasMore ? .replace(text: common) : .list(usable)
    }
}

extension String {
    /// The longest common prefix by scalars, never cut inside a character.
    fileprivate func commonPrefix(with other: String) -> String {
        var end = startIndex
        var index = startIndex
        var otherIndex = other.startIndex
        while index < endIndex, otherIndex < other.endIndex {
            guard self[index].utf8.elementsEqual(other[otherIndex].utf8) else { break }
            index = self.index(after: index)
            otherIndex = other.index(after: otherIndex)
            end = index
        }
        return String(self[..<end])
    }
}
