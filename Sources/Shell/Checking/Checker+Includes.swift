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
        guard case .value(let written) = known(word) else {
            report(
                "the script to include must be known before anything runs",
                word.span,
                source,
                hint: "its name can't depend on what a command finds"
            )
            return nil
        }
        let path = PathText.resolve(written, besideFile: including.last ?? (context.isPrompt ? nil : source.name))
        let identity = PathText.canonical(path)
        if (including + [source.name]).contains(where: { PathText.canonical($0).hasSameBytes(as: identity) }) {
            report("'\(written.printable)' includes itself", word.span, source)
            return nil
        }
        includeCount += 1
        guard including.count < Self.maxDepth, includeCount <= Self.maxIncludeCount else {
            report("too many scripts are included, or too deep", word.span, source)
            return nil
        }
        do {
            let included = try context.included.read(path)
            including.append(path)
            includingOffsets.append(offset)
            let outerFailures = failures
            failures = .unreachable
            defer {
                including.removeLast()
                includingOffsets.removeLast()
                failure = failures
                failures = outerFailures
            }
            hasReadAll = hadReadAll
            return check(included)
        } catch let error as ScriptFileError {
            report(error.description, word.span, source, hint: error.hint, code: error.code)
        } catch let finding as Diagnostic {
            findings.append(finding)
        } catch {
            report("\(error)", word.span, source)
        }
        return nil
    }
}
