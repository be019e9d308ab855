import Language

/// One thing that can be known, for `expect` and as `${…}`: of what a session has come to, or of a thing that is named.
struct Fact: Sendable {
    /// `pick.age`; of a thing that is named, without the words that name it: `file().sha256`.
    let name: String
    let type: FactType
    let summary: String
    /// What it needs from earlier commands.
    let needs: [Need]
    /// What names the thing that it is of.
    var parameters: [FactParameter] = []
    /// Whether its value is shown only where it is asked for.
    var isPrivate = false
    /// Its value now.
    ///
    /// - Throws: `UserError` if the file, folder or source can't be read; `CancellationError`.
    let read: @MainActor @Sendable (FactQuery, Session) async throws -> FactReading

    /// All of them, in the order that `help facts` shows them.
    static let all: [Fact] =
        ofPick + ofFile + [listCount] + ofDifference + ofSource + ofNamedFile + ofKey + ofData + [ofPort]

    static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

    /// How it is written: `pick.age`, or `file(PATH).sha256`.
    var usage: String {
        parameters.isEmpty
            ? name : name.replacing("()", with: "(" + parameters.map(\.name).joined(separator: ", ") + ")")
    }

    /// `did you mean 'pick.age'?`, or where the facts are explained.
    ///
    /// - Parameter words: What names the thing that it is of, as it was written.
    static func hint(for name: String, _ words: [String] = []) -> String {
        guard
            let fact = byOtherWord(name)
                ?? Suggestion.nearest(to: name, among: byName.keys.sorted()).flatMap({ byName[$0] })
        else { return "'help facts' lists them" }
        let usage =
            words.isEmpty || words.count != fact.parameters.count
            ? fact.usage : fact.name.replacing("()", with: "(" + words.joined(separator: ", ") + ")")
        return "did you mean '\(usage)'?"
    }

    /// What other tools and people call some facts.
    private static let otherWords = [
        "verified": "sound valid ok good intact whole checked", "size": "bytes length", "keys": "count",
        "sha256": "checksum digest sum", "modified": "written time date created", "version": "etcd",
        "exists": "there found",
    ].mapValues { $0.split(separator: " ").map(String.init) }

    /// The fact of the same thing that is meant by another word: `file().sound`.
    private static func byOtherWord(_ name: String) -> Fact? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let (thing, word) = (name[...dot], name[name.index(after: dot)...])
        return otherWords.lazy.filter { $0.value.contains(String(word)) }.compactMap { byName[thing + $0.key] }.first
    }
}

/// A word that names the thing that a fact is of.
struct FactParameter: Sendable {
    /// In capitals, as in `help`.
    let name: String
    let kind: AnyValueKind
}

/// What reading a fact has shown.
enum FactReading: Sendable {
    /// - Parameter remark: Why it is so, as the second half of a sentence.
    case value(FactValue, remark: String? = nil)
    /// There is none.
    case unknown(reason: String)
}
