import Language
import Text

/// The text of a runbook with its choices fixed, as a dry run has made them.
///
/// Scripts that it includes stand in their places. A `use` or a `pick` that failed is left out, with the `||` behind
/// it. A `pick` that was not reached ends the script: nothing else than what is pinned is ever taken.
@MainActor
struct PinnedRunbook {
    private let recorder: PinRecorder
    private let commands: CommandTable
    private let unusedParameters: Set<String>
    /// The commands that were left out, as they stand in the script, and why.
    private var leftOut: [(command: String, reason: String)] = []
    private(set) var text = ""

    /// - Parameters:
    ///   - time: When the choices were made.
    ///   - unusedParameters: Those that nothing uses in it: their `param` is left out.
    /// - Throws: `PinRefusal`.
    init(
        of program: Program,
        _ source: SourceFile,
        _ recorder: PinRecorder,
        _ commands: CommandTable,
        time: String,
        leavingOut unusedParameters: Set<String>
    ) throws(PinRefusal) {
        self.recorder = recorder
        self.unusedParameters = unusedParameters
        self.commands = commands
        let bytes = source.bytes[source.byteOrderMarkByteCount...]
        // `#!/usr/bin/env snapsh` must stay the first line.
        let hasInterpreter = bytes.starts(with: "#!".utf8)
        let firstLine = hasInterpreter ? bytes.prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")] : []
        let body = try rendered(program, source, from: bytes.startIndex + firstLine.count)
        let notes = leftOut.map { "# Left out, as \($0.reason): \($0.command)\n" }.joined()
        text =
            String(decoding: firstLine, as: UTF8.self)
            + "# Pinned \(time) by a dry run of \(source.name.printable). It takes exactly the backups that are named here:\n"
            + "# if one is gone or has changed, it ends with exit code 4.\n" + notes + body
    }

    private mutating func rendered(
        _ program: Program,
        _ source: SourceFile,
        from start: Int
    ) throws(PinRefusal) -> String {
        var text = ""
        var position = start
        for chain in program.chains where chain.span.start >= position {
            text += Self.text(source, position, chain.span.start)
            let (chainText, endsWithScript) = try rendered(chain, source)
            text += chainText
            position = chain.span.end
            if endsWithScript { position = Self.endOfChain(in: source.bytes, from: position) }
        }
        return text + Self.text(source, min(position, source.bytes.count), source.bytes.count)
    }

    private static func text(_ source: SourceFile, _ start: Int, _ end: Int) -> String {
        String(decoding: source.bytes[start..<end], as: UTF8.self)
    }

    /// Past the semicolon that a chain ends with, if it does.
    private static func endOfChain(in bytes: [UInt8], from start: Int) -> Int {
        let end = bytes[start...].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        guard let end, bytes[end] == UInt8(ascii: ";") else { return start }
        return end + 1
    }

    /// The text of a script that is included.
    private mutating func inlined(_ program: Program, at command: BoundCommand) throws(PinRefusal) -> String {
        guard let source = program.chains.first?.first.source else { return "# it included an empty script\n" }
        let name = source.name.printable
        let body = try rendered(program, source, from: source.byteOrderMarkByteCount)
        return "# from \(name):\n\(body)\(body.hasSuffix("\n") ? "" : "\n")# end of \(name)\n"
    }

    // MARK: - Chains

    /// - Returns: The text, and whether it ends with a script that was included.
    private mutating func rendered(
        _ chain: BoundChain,
        _ source: SourceFile
    ) throws(PinRefusal) -> (text: String, endsWithScript: Bool) {
        let pinned = PinnedChain(chain, leavingOut: unusedParameters) { recorder.endings[$0.path] }
        leftOut += pinned.leftOut.map { ($0.command.line(commands), $0.reason) }
        var text = ""
        var waiting: [(connector: Connector, text: String)] = []
        for (index, part) in pinned.parts.enumerated() {
            guard let included = part.command.included, !part.isUnreachedPick,
                part.command.mayPick || chain.rest.isEmpty
            else {
                waiting.append((part.connector, rendered(part)))
                continue
            }
            // Before and behind '&&' it is the same as lines of their own: a failure ends the script there, too.
            guard pinned.parts[index...].dropFirst().allSatisfy({ $0.connector == .and }),
                index == 0 || part.connector == .and
            else {
                throw .includedInChain(FailureMessage.Place(part.command))
            }
            if !waiting.isEmpty { text += PinnedChain.joined(waiting) + "\n" }
            waiting = []
            text += try inlined(included, at: part.command)
        }
        let isAsItWas =
            text.isEmpty && waiting.count == chain.commands.count
            && zip(waiting, chain.commands).allSatisfy { $0.text == $1.text }
        if isAsItWas { return (Self.text(source, chain.span.start, chain.span.end), false) }
        return (text + PinnedChain.joined(waiting), waiting.isEmpty)
    }

    private func rendered(_ part: PinnedChain.Part) -> String {
        let command = part.command
        if let replacement = recorder.replacements[command.path] { return replacement }
        if part.isUnreachedPick { return PinnedChain.exit }
        let path = command.included?.chains.first.map { PathText.canonical($0.first.source.name) }
        return path.map { "\(CommandDeclaration.source.name) \(Word.quoted($0))" } ?? command.text
    }
}
