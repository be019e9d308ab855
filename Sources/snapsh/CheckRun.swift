import Blocking
import Glibc
import Language
import Parameters
import Shell
import Text

/// Checks several scripts, or writes what was found for code review, and runs nothing.
@MainActor
struct CheckRun {
    let request: Request
    let dependencies: ShellDependencies
    let output: Output

    /// A script, read once: standard input and pipes can't be read again.
    private enum Subject {
        case unreadable(Diagnostic)
        case readable(parsed: (script: Script, findings: [Diagnostic]), CheckContext, ScriptParameters)

        var parameters: ScriptParameters? {
            if case .readable(_, _, let parameters) = self { parameters } else { nil }
        }
    }

    /// - Returns: The exit code of the program.
    func run(_ script: Request.Script) async -> ExitCode {
        let problems: [ParameterError]
        var findings: [[Diagnostic]] = []
        var subjects: [Subject] = []
        do {
            let given = try await GivenParameters(
                words: request.parameters,
                file: request.parameterFile,
                environment: dependencies.processEnvironment
            )
            for script in [script] + request.furtherScripts { subjects.append(try await read(script, given)) }
            let all = subjects.compactMap(\.parameters)
            problems = ScriptParameters.problems(given, for: all)
            // A value that is secret in one script is shown for none.
            for (_, value) in ScriptParameters.secrets(of: all) { value.map { output.hide($0.text) } }
            let first = subjects.firstIndex { $0.parameters != nil }
            for (index, subject) in subjects.enumerated() {
                findings.append(try await check(subject, all, isFirst: index == first))
            }
        } catch let error as UnusableParameters {
            for problem in error.problems { output.report(problem) }
            return .mistake
        } catch {
            let message = FailureMessage(error, dependencies.commands)
            output.failure(message)
            return message.exitCode
        }
        for problem in problems { output.report(problem) }
        if request.printsSARIF {
            await print(findings.flatMap(\.self))
        } else {
            let count = findings.count { !$0.isEmpty }
            output.report(
                findings.flatMap(\.self),
                in: count == 1 ? "1 script" : "\(count) scripts",
                isAll: findings.allSatisfy { $0.count < Parser.maxFindingCount },
                isAskedFor: true,
                dependencies.commands
            )
            for (subject, found) in zip(subjects, findings) where problems.isEmpty && found.isEmpty {
                guard case .readable(let parsed, _, let parameters) = subject else { continue }
                output.reportSound(parsed.script.source.name, needing: parameters.missing)
            }
        }
        return problems.isEmpty && findings.allSatisfy(\.isEmpty) ? .success : .mistake
    }

    /// - Throws: `NotAnswering`, `CancellationError`.
    private func read(_ script: Request.Script, _ given: GivenParameters) async throws -> Subject {
        let context = CheckContext(dependencies, needsParameterValues: false, reportsUnusedParameters: true)
        do {
            let parsed = try await ScriptRun(request: request, dependencies: dependencies, output: output).read(script)
            return .readable(parsed: parsed, context, try await ScriptParameters(given, of: parsed, context))
        } catch let finding as Diagnostic {
            return .unreadable(finding)
        } catch let error as ScriptFileError {
            return .unreadable(Diagnostic(error, named: script.name))
        }
    }

    /// What is wrong with one script.
    ///
    /// What was given is for the scripts that have a use for it; where none has, the first one says so.
    ///
    /// - Parameters:
    ///   - all: Those of all scripts that could be read.
    ///   - isFirst: Whether it is the first of these.
    /// - Throws: `NotAnswering`, `CancellationError`.
    private func check(_ subject: Subject, _ all: [ScriptParameters], isFirst: Bool) async throws -> [Diagnostic] {
        switch subject {
        case .unreadable(let finding): return [finding]
        case .readable(let parsed, var context, let parameters):
            context.parameters = parameters.values.mapValues(\.text).filter { name, _ in
                parameters.declares(name) || isFirst && !all.contains { $0.declares(name) }
            }
            context.places = parameters.context.places
            context.confirmed = request.confirmed.filter { text in
                parameters.confirms(text) || isFirst && !all.contains { $0.confirms(text) }
            }
            return try await Interpreter.check(parsed, context).findings
        }
    }

    private func print(_ findings: [Diagnostic]) async {
        let names = Set(findings.map { ByteText($0.source.name) })
        let references = try? await BlockingWork.run(at: Place(description: "a script")) { Self.references(to: names) }
        let log = SARIFLog(findings, dependencies.commands, version: Version.current) { name in
            references?[ByteText(name)] ?? SARIFLog.reference(to: name, from: "")
        }
        output.document(log)
    }

    /// The scripts as seen from the root of their repository, or where they are in none, from the working folder.
    private nonisolated static func references(to names: Set<ByteText>) -> [ByteText: String] {
        var references: [ByteText: String] = [:]
        let current = realPath(".") ?? "/"
        for name in names {
            guard let path = realPath(name.text) else { continue }
            references[name] = SARIFLog.reference(to: path, from: repository(of: path) ?? current)
        }
        return references
    }

    private nonisolated static func repository(of path: String) -> String? {
        var folder = path[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if access("\(folder)/.git", F_OK) == 0 { return String(folder) }
        }
        return nil
    }

    private nonisolated static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension Diagnostic {
    /// That a script itself can't be read.
    fileprivate init(_ error: ScriptFileError, named name: String) {
        let source = SourceFile(name: name, text: "")
        self.init(error.description, code: error.code, at: Span(0, 0), in: source, hint: error.hint)
    }
}
