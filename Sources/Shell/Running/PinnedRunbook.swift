import Language
import Text

/// The text of a runbook with its choices fixed, as a dry run has made them.
///
/// Scripts that it includes stand in their places. A `use` or a `pick` that failed is left out, with the `||` behind it.
/// A `pick` that was not reached ends the script: nothing else than what is pinned is ever taken.
@MainActor
struct PinnedRunbook {
    private let recorder: PinRecorder
    private let commands: CommandTable
    /// The commands that were left out, as they stand in the script.
    private var leftOut: [String] = []
    private(set) var text = ""

    /// - Parameters:
    ///   - time: When the choices were made.
    /// - Throws: `PinRefusal`.
    init(
        of program: Program,
        _ source: SourceFile,
        _ recorder: PinRecorder,
        _ commands: CommandTable,
        time: String
    ) throws(PinRefusal) {
        self.recorder = recorder
        self.commands = commands
        let bytes = source.bytes[source.byteOrderMarkByteCount...]
        // `#!/usr/bin/env snapsh` must stay the first line.
        let hasInterpreter = bytes.starts(with: "#!".utf8)
        let firstLine = hasInterpreter ? bytes.prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")] : []
        let body = try rendered(program, source, from: bytes.startIndex + firstLine.count)
        let notes = leftOut.map { "# Left out, as it failed in the dry run: \($0)\n" }.joined()
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
        for chain in program.chains {
            let commands = [chain.first] + chain.rest.map(\.command)
            guard let last = commands.last, chain.first.span.start >= position else { continue }
            text += Self.text(source, position, chain.first.span.start)
            position = last.span.end
            if commands.count == 1, let included = chain.first.included {
                text += try inlined(included, at: chain.first)
                position = Self.endOfChain(in: source.bytes, from: position)
            } else {
                text += try rendered(chain, source)
            }
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

    private mutating func rendered(_ chain: BoundChain, _ source: SourceFile) throws(PinRefusal) -> String {
        var parts: [(connector: Connector, text: String)] = []
        /// The connector of a command that was left out, for the next one that was run.
        var waiting: Connector?
        for (connector, command) in [(.and, chain.first)] + chain.rest {
            let ending = recorder.endings[command.path]
            if waiting != nil, ending == nil { continue }
            if ending == .failed, command.isChoice {
                waiting = waiting ?? connector
                leftOut.append(command.line(commands))
                continue
            }
            parts.append((waiting ?? connector, try rendered(command, ending)))
            waiting = nil
        }
        let isAsItWas =
            parts.count == chain.rest.count + 1
            && zip(parts, [chain.first] + chain.rest.map(\.command)).allSatisfy { $0.text == $1.text }
        if isAsItWas {
            return Self.text(source, chain.first.span.start, (chain.rest.last?.command ?? chain.first).span.end)
        }
        return parts.enumerated().map { index, part in
            index == 0 ? part.text : (part.connector == .and ? " && " : " || ") + part.text
        }.joined()
    }

    private func rendered(_ command: BoundCommand, _ ending: PinRecorder.Ending?) throws(PinRefusal) -> String {
        if let replacement = recorder.replacements[command.path] { return replacement }
        if ending == nil, command.establishes.contains(.pick) { return "exit 4" }
        guard let included = command.included else { return command.text }
        if included.hasPick {
            throw .includedInChain(FailureMessage.Place(command))
        }
        let path = included.chains.first.map { PathText.canonical($0.first.source.name) }
        return path.map { "source \(Invocation.quoted($0))" } ?? command.text
    }
}

extension BoundCommand {
    /// Whether it chooses where backups come from, or which one is taken.
    fileprivate var isChoice: Bool { establishes.contains(.source) || establishes.contains(.pick) }
}

extension Program {
    /// Whether a backup is chosen in it.
    fileprivate var hasPick: Bool {
        chains.contains { chain in
            ([chain.first] + chain.rest.map(\.command)).contains {
                $0.establishes.contains(.pick) || $0.included?.hasPick == true
            }
        }
    }
}
