import Blocking
import Drills
import Files
import Language
import Text

/// What `drill lint` takes.
private enum DrillLintArguments {
    static let files = ArgumentKey.rest("FILE", .file)
}

extension CommandDeclaration {
    static let drillLint = CommandDeclaration(
        words: [drillWord, "lint"],
        summary: "check the form of drills of your own, and the scripts in them",
        details: ["Each finding has its line and column. 'drill test' then proves that the drill can be solved."],
        arguments: [DrillLintArguments.files],
        examples: [.init("drill lint ./our-drill.yaml", "what is wrong with it, and where")],
        requireFit: { invocation in
            if invocation[DrillLintArguments.files].isEmpty {
                throw UsageError("'drill lint' needs FILE", hint: "write: drill lint ./NAME.yaml")
            }
        },
        records: [.drillFinding],
        dryRun: .asUsual,
        isRecorded: false,
        run: { invocation, session in
            var count = 0
            for path in invocation[DrillLintArguments.files] {
                let findings = try await session.lint(path)
                count += findings.count
                let text =
                    findings.isEmpty
                    ? "\(path.printable): nothing is wrong" : findings.map(\.text).joined(separator: "\n")
                session.output.listing(text, isVerbatim: true, json: findings)
            }
            if count > 0 { throw DrillError.wrongForm(count) }
        }
    )
}

/// What is wrong with a drill's file, and where.
private struct LintRecord: Encodable {
    let kind = "drill-finding"
    let file: String
    let line: Int
    let column: Int
    let message: String
    let hint: String?

    var text: String { "\(file.printable):\(line):\(column): \(message)" + (hint.map { "\n    hint: \($0)" } ?? "") }
}

extension Session {
    fileprivate func lint(_ path: String) async throws -> [LintRecord] {
        let content: FileContent?
        do {
            content = try await BlockingWork.run(at: Place(folderOf: path)) {
                try FileContent(of: path, maxByteCount: DrillFile.maxByteCount)
            }
        } catch let error as SystemError {
            throw DrillFileError.unreadable(path: path, reason: error.description)
        }
        guard let content else { throw DrillFileError.unreadable(path: path, reason: "it is too large") }
        let folder = PathParts(path).folder
        var (drill, findings) = try await BlockingWork.run(at: Place(folderOf: path)) {
            DrillReader.read(Array(content.bytes)) { FileMark(path: "\(folder)/\($0)") != nil }
        }
        if let read = drill, findings.isEmpty {
            let silent = try await DrillContents.filesWithoutVersion(of: read, besideFileIn: folder)
            (drill, findings) = DrillReader.read(Array(content.bytes), saysVersion: { !silent.contains($0) })
        }
        var records = findings.map {
            LintRecord(file: path, line: $0.line, column: $0.column, message: $0.message, hint: $0.hint)
        }
        // With values in it: a '{{NAME}}' is no word of the language.
        for script in drill.map({ $0.filled(with: $0.sampleValues).scripts }) ?? [] {
            records += try await lint(script, path)
        }
        return records.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// What the check finds in a script of the drill.
    private func lint(_ script: DrillScript, _ path: String) async throws -> [LintRecord] {
        // What goes to the system's shell is no part of the language.
        let lines = script.lines.map { $0.text.hasPrefix("!") ? "" : $0.text }
        let source = SourceFile(name: path, text: lines.map { "\($0)\n" }.joined())
        let context = CheckContext(dependencies)
        return try await Interpreter.check(Parser.parse(source), context).findings.map { finding in
            let position = finding.source.position(at: finding.span.start)
            let place = script.place(line: position.line, column: position.column)
            return LintRecord(
                file: path,
                line: place.line,
                column: place.column,
                message: "in \(script.role): \(finding.message)",
                hint: finding.hint
            )
        }
    }
}
