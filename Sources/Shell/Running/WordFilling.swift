import Backups
import Language
import Text

/// Fills in the words of one command. What facts say is read first, each once.
@MainActor
struct WordFilling {
    /// A word with its variables filled in.
    struct Filled: Sendable {
        let text: String
        /// What may be shown of it.
        let shown: String
        /// Whether a part of it is shown only where it is asked for.
        let isPrivate: Bool
    }

    /// What is known of a fact, or why nothing is.
    private enum Finding {
        case known(FactReading)
        case failed(any UserError)
    }

    private let session: Session
    /// By where they stand in the script.
    private var findings: [Span: Finding] = [:]

    /// - Parameter words: Those of the command.
    /// - Throws: What reading a fact throws; `UsageError` where what names its thing has no value.
    init(_ words: [Word], in session: Session) async throws {
        self.session = session
        for word in words {
            for variable in word.variables where variable.name.contains(".") { try await read(variable) }
            for inner in word.fact?.words ?? [] { try await readFacts(in: inner) }
        }
    }

    private mutating func readFacts(in word: Word) async throws {
        for variable in word.variables where variable.name.contains(".") { try await read(variable) }
    }

    private mutating func read(_ variable: Variable) async throws {
        for word in variable.words { try await readFacts(in: word) }
        do {
            findings[variable.span] = .known(try await query(variable).reading(in: session))
        } catch let error as any UserError where variable.hasAlternative && error.isAbsence {
            findings[variable.span] = .failed(error)
        }
    }

    /// The fact that a variable asks for.
    ///
    /// - Throws: `UsageError`, `UnknownFact`.
    func query(_ variable: Variable) throws -> FactQuery {
        guard let fact = Fact.byName[variable.name] else { throw UsageError("unknown fact '\(variable.name)'") }
        let words = try variable.words.map { try filled($0, isSecret: false) }
        do throws(UsageError) {
            return try FactQuery(fact, words: words.map(\.text), shown: words.map(\.shown))
        } catch {
            guard words.contains(where: \.isPrivate) else { throw error }
            // The reason quotes the value.
            throw UsageError("what is given for '\(fact.usage)' can't be used")
        }
    }

    /// - Parameter isSecret: Whether the place takes a secret.
    /// - Throws: `UsageError` where a secret would be shown, `UnknownFact` where there is nothing to fill in.
    func filled(_ word: Word, isSecret: Bool) throws -> Filled {
        if !isSecret, let name = word.variableNames.first(where: session.secretNames.contains) {
            throw UsageError(
                "'\(name)' is secret, and this would show it",
                hint: session.dependencies.commands.placesForSecrets,
                isOfSecret: true
            )
        }
        guard let text = word.text(home: session.dependencies.home, lookup) else { throw lack(in: word) }
        let isPrivate = word.variables.contains { self.isPrivate($0) }
        let shown = word.text(home: session.dependencies.home) {
            self.isPrivate($0) ? .value(SecretText.mask) : lookup($0)
        }
        return Filled(text: text, shown: isPrivate ? shown ?? SecretText.mask : text, isPrivate: isPrivate)
    }

    private func isPrivate(_ variable: Variable) -> Bool {
        Fact.byName[variable.name]?.isPrivate ?? session.privateNames.contains(variable.name)
    }

    private func lookup(_ variable: Variable) -> Lookup {
        guard variable.name.contains(".") else {
            return session.variables[variable.name].map(Lookup.value) ?? .unset
        }
        if case .known(.value(let value, _))? = findings[variable.span] { return .value(value.plainText) }
        return .unset
    }

    /// Why a word can't be filled in.
    private func lack(in word: Word) -> any Error {
        let missing = word.variables.first { variable in
            switch (lookup(variable), variable.otherwise) {
            case (.value(let value), .message): value.isEmpty
            case (.value, _), (_, .text): false
            default: true
            }
        }
        guard let missing else { return UsageError("a variable has no value") }
        if case .message(let message) = missing.otherwise, !message.isEmpty {
            return UnknownFact(name: missing.shownName, reason: message)
        }
        switch findings[missing.span] {
        case .known(.unknown(let reason))?: return UnknownFact(name: missing.shownName, reason: reason)
        case .failed(let error)?: return error
        default: return UnknownFact(name: missing.shownName, reason: "it has no value")
        }
    }
}

extension UserError {
    /// Whether it says that there is no such thing, or that nothing was found yet.
    fileprivate var isAbsence: Bool { category == .notFound || self is UnmetNeed }
}
