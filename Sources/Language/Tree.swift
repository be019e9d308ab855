/// A parsed script: its lines in order, ready to check and run.
///
///     script = { line }
///     line   = [ chain { ";" chain } ] [ "#" … ]
///     chain  = command { ( "&&" | "||" ) command }
package struct Script: Sendable {
    package var source: SourceFile
    package var chains: [Chain]
}

/// Commands joined by `&&` and `||`, which have equal rank and run from left to right, as in sh.
package struct Chain: Sendable {
    package var first: Command
    package var rest: [Link]

    package struct Link: Sendable {
        package var connector: Connector
        package var command: Command
    }
}

/// The operator between two commands of a chain.
package enum Connector: Sendable {
    /// `&&`: continue only after success.
    case and
    /// `||`: continue only after a failure.
    case or
}

/// A command's name, which is never a variable, and its words and options.
package struct Command: Sendable {
    package var name: String
    package var nameSpan: Span
    package var arguments: [Argument]
    package var span: Span
}

/// A word or option after a command's name.
package enum Argument: Sendable {
    case word(Word)
    /// `--name` or `--name=word`. The command's declaration says whether the word after `--name` is its value.
    case option(name: String, value: Word?, span: Span)
    /// `-x` or `-x=word`, a hyphen and one letter: an option where the command declares it as the short form of one,
    /// else a word.
    case shortOption(String, value: Word?, span: Span)

    package var span: Span {
        switch self {
        case .word(let word): word.span
        case .option(_, _, let span), .shortOption(_, _, let span): span
        }
    }
}

extension Argument {
    /// What a short option is where there is no such option: a word as it stands there.
    package static func word(fromShortOption letter: String, _ value: Word?, _ span: Span) -> Word {
        Word(parts: [.text("-\(letter)\(value == nil ? "" : "=")")] + (value?.parts ?? []), span: span)
    }
}

/// One word: adjacent pieces of text and variables. It stays one word whatever the values of its variables are.
package struct Word: Sendable {
    package var parts: [Part]
    package var span: Span
    /// The fact of a thing that a bare word is where a fact is meant: `file(out.db).verified`.
    package var fact: Variable?

    package init(parts: [Part], span: Span, fact: Variable? = nil) {
        self.parts = parts
        self.span = span
        self.fact = fact
    }

    package enum Part: Sendable {
        /// Text without its quotes and escapes.
        case text(String)
        case variable(Variable)
        /// A `~` that begins a bare word and is followed by `/`: the user's home directory.
        case home
    }

    /// The word's text if it has no variable.
    package var literal: String? {
        if parts.count == 1, case .text(let text) = parts[0] { return text }
        var whole = ""
        for part in parts {
            guard case .text(let text) = part else { return nil }
            whole += text
        }
        return whole
    }
}

/// `$name`, `${name}`, `${name:-default}` or `${name:?message}`; with a dot in it, a fact.
///
///     fact = name [ "(" word { "," word } ")" ] "." name
package struct Variable: Sendable {
    /// A variable's name, or a fact's, as in `pick.age`; of a fact of a thing without the words: `file().verified`.
    package var name: String
    /// The words that name the thing, in a fact of one.
    package var words: [Word]
    package var otherwise: Otherwise
    package var span: Span

    package init(name: String, words: [Word] = [], otherwise: Otherwise = .mistake, span: Span) {
        self.name = name
        self.words = words
        self.otherwise = otherwise
        self.span = span
    }

    /// What to do if the variable is not set, or empty.
    package enum Otherwise: Sendable {
        /// Not set is a mistake, empty is fine.
        case mistake
        case text(String)
        case message(String)
    }
}
