import Language
import Text

/// The scripts that a script includes.
extension Checker {
    /// Whether the checked text is a line typed at the prompt.
    var isTyped: Bool { context.isPrompt && including.isEmpty }

    /// Reads and checks the script that a `source` includes.
    ///
    /// - Parameter offset: Where the `source` stands.
    func include(_ word: Word, at offset: Int, from source: SourceFile) -> Program? {
        let hadReadAll = hasReadAll
        hasReadAll = false
        let written: String
        switch known(word) {
        case .value(let text): written = text
        case .given(let names):
            // Which script it is, and what it does, only the user's value shows.
            decidingParameters.formUnion(names)
            definitions.allowAnything()
            failure = definitions
            return nil
        default:
            report(
                "the script to include must be known before anything runs",
                word.span,
                source,
                hint: "its name can't depend on what a command finds, or on whether one fails"
            )
            return nil
        }
        let path = PathText.resolve(written, besideFile: including.last ?? (context.isPrompt ? nil : source.name))
        let identity = PathText.canonical(path)
        let outer = ([outermost].compactMap { $0 } + including).map(PathText.canonical)
        if outer.contains(where: identity.hasSameBytes) {
            report("'\(written.printable)' includes itself", word.span, source)
            return nil
        }
        includeCount += 1
        guard including.count < Self.maxDepth, includeCount <= Self.maxIncludeCount else {
            report("too many scripts are included, or too deep", word.span, source)
            return nil
        }
        do {
            let included = Parser.parse(try context.included.read(path))
            including.append(path)
            includingOffsets.append(offset)
            hasReadAll = hadReadAll
            defer {
                including.removeLast()
                includingOffsets.removeLast()
            }
            return followsFailures ? followingFailures { check(included) } : check(included)
        } catch let error as ScriptFileError {
            report(error.description, word.span, source, hint: error.hint, code: error.code)
        } catch let finding as Diagnostic {
            findings.append(finding)
        } catch {
            report("\(error)", word.span, source)
        }
        return nil
    }

    /// Checks an included script, and joins what is defined at each failure that ends it.
    private func followingFailures(_ check: () -> Program) -> Program {
        let outer = includedFailures
        includedFailures = IncludedFailures(definitions)
        definitions.variables.branch()
        let program = check()
        failure = includedFailures?.end(definitions) ?? .unreachable
        includedFailures = outer
        definitions.variables.settle()
        return program
    }
}
