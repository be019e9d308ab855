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

    /// What was found in one script.
    private struct Outcome {
        var findings: [Diagnostic]
        /// The names that values were given for and that it has no parameters for.
        var unknownNames: Set<String>
        var problems: [ParameterError] = []
    }

    private var scriptRun: ScriptRun { ScriptRun(request: request, dependencies: dependencies, output: output) }

    /// - Returns: The exit code of the program.
    func run(_ script: Request.Script) async -> ExitCode {
        let scripts = [script] + request.furtherFiles.map(Request.Script.file)
        var outcomes: [Outcome] = []
        do {
            let given = try await GivenParameters(
                words: request.parameters,
                file: request.parameterFile,
                environment: dependencies.processEnvironment
            )
            for script in scripts { outcomes.append(try await check(script, given, leavingOut: [])) }
            // What one script lacks, another one may have.
            let unknown = outcomes.dropFirst().reduce(outcomes[0].unknownNames) { $0.intersection($1.unknownNames) }
            for (index, script) in scripts.enumerated() where outcomes[index].unknownNames != unknown {
                let others = outcomes[index].unknownNames.subtracting(unknown)
                outcomes[index] = try await check(script, given, leavingOut: others)
            }
        } catch let error as ParameterError {
            scriptRun.report(error)
            return .mistake
        } catch {
            let message = FailureMessage(error, dependencies.commands)
            output.failure(message)
            return message.exitCode
        }
        for problem in outcomes.flatMap(\.problems) { scriptRun.report(problem) }
        let findings = outcomes.flatMap(\.findings)
        if request.printsSARIF {
            await print(findings)
        } else {
            report(findings, in: outcomes.count { !$0.findings.isEmpty })
        }
        return outcomes.allSatisfy { $0.findings.isEmpty && $0.problems.isEmpty } ? .success : .mistake
    }

    /// - Throws: `ParameterError`, `NotAnswering`, `CancellationError`.
    private func check(
        _ script: Request.Script,
        _ given: GivenParameters,
        leavingOut names: Set<String>
    ) async throws -> Outcome {
        var context = CheckContext(
            dependencies,
            needsParameterValues: false,
            reportsUnusedParameters: true,
            confirmed: request.confirmed
        )
        do {
            let parsed = try await scriptRun.read(script)
            let parameters = try await ScriptParameters(given, of: parsed, context, asking: nil, output)
            context.parameters = parameters.values.mapValues(\.text).filter { !names.contains($0.key) }
            context.places = parameters.places
            let findings = try await Interpreter.check(parsed, context).findings
            let declared = parameters.declared.map(\.name)
            return Outcome(
                findings: findings,
                unknownNames: Set(parameters.values.keys.filter { !declared.contains($0) }),
                problems: names.isEmpty ? parameters.problems : []
            )
        } catch let finding as Diagnostic {
            return Outcome(findings: [finding], unknownNames: Set(request.parameters.keys))
        } catch let error as ScriptFileError {
            return Outcome(
                findings: [Diagnostic(error, named: script.name)],
                unknownNames: Set(request.parameters.keys)
            )
        }
    }

    private func report(_ findings: [Diagnostic], in count: Int) {
        for finding in findings.prefix(ScriptRun.shownFindings) {
            output.failure(FailureMessage(finding, dependencies.commands), showingPlace: true, isAskedFor: true)
        }
        if findings.isEmpty { return }
        let rest =
            findings.count > ScriptRun.shownFindings
            ? ", of which the first \(ScriptRun.shownFindings) are shown" : ""
        let mistakes = findings.count == 1 ? "1 mistake" : "\(findings.count) mistakes"
        let sentence = "\(mistakes) in \(count == 1 ? "1 script" : "\(count) scripts")\(rest): nothing was run"
        output.failure(FailureMessage(code: "script.not-run", sentence, exitCode: .mistake))
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

extension Request.Script {
    /// What findings call it.
    fileprivate var name: String {
        switch self {
        case .file(let path): path
        case .text: "-c"
        case .standardInput: "standard input"
        case .command: "the command line"
        }
    }
}

extension Diagnostic {
    /// That a script itself can't be read.
    fileprivate init(_ error: ScriptFileError, named name: String) {
        let source = SourceFile(name: name, text: "")
        self.init(error.description, code: error.code, at: Span(0, 0), in: source, hint: error.hint)
    }
}
