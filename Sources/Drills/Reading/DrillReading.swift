import Language
import Text
import YAML

/// The reading of one drill's file: what was found wrong so far, and what later parts refer to.
final class DrillReading {
    var findings: [DrillFinding] = []
    /// The snapshots that the program carries.
    let contents: [String]
    /// As `Drill.choices`.
    var choices: [String: [String]] = [:]
    var world = World()
    /// The places that the world has, also where something is wrong with them.
    var places: Set<SourceKind> = []
    /// Where a backup is said to lie in the service, and whose it is.
    var servedBackups: [(place: YAMLNode, cluster: String)] = []
    /// By their ids.
    var backups: [String: WorldBackup] = [:]
    /// Contents that are files beside the drill.
    var contentFiles: [PlacedText] = []
    /// Those of backups whose version the drill does not say.
    var filesWithoutVersion: [PlacedText] = []
    var scripts: [DrillScript] = []
    private let sourceLines: [ArraySlice<UInt8>]

    init(_ bytes: [UInt8], contents: [String]) {
        self.contents = contents
        sourceLines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    /// So many are enough to read.
    private static let maxFindingCount = 200

    func find(_ node: YAMLNode, _ message: String, hint: String? = nil) {
        find(node.line, node.column, message, hint: hint)
    }

    func find(_ line: Int, _ column: Int, _ message: String, hint: String? = nil) {
        guard findings.count < Self.maxFindingCount else { return }
        findings.append(DrillFinding(line: line, column: column, message: message, hint: hint))
    }

    /// In the order of the file.
    var sortedFindings: [DrillFinding] {
        findings.enumerated().sorted { a, b in
            (a.element.line, a.element.column, a.offset) < (b.element.line, b.element.column, b.offset)
        }.map(\.element)
    }

    // MARK: - Texts

    /// A text that is not empty.
    func text(_ node: YAMLNode, of key: FormKey) -> PlacedText? {
        switch node.value {
        case .text(let text, _) where text.trimmed.isEmpty: find(node, "'\(key.name)' is empty")
        case .text(let text, _): return PlacedText(text: text, node: node)
        case .null: find(node, "'\(key.name)' has no value", hint: "\(key.name): \(key.summary)")
        case .mapping:
            find(node, "'\(key.name)' must be a text", hint: "a text that contains ': ' is written in quotes")
        case .list: find(node, "'\(key.name)' must be a text", hint: "\(key.name): \(key.summary)")
        case .refused: break
        }
        return nil
    }

    /// The lines of a text, each with its place in the file; without empty ones at the end.
    func lines(of text: PlacedText) -> [DrillScript.Line] {
        var texts = text.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while let last = texts.last, last.trimmed.isEmpty { texts.removeLast() }
        let node = text.node
        guard case .text(_, .literal) = node.value else {
            let isQuoted =
                sourceLine(node.line).dropFirst(node.column - 1).first.map { "'\"".utf8.contains($0) } ?? false
            return texts.map { DrillScript.Line(text: $0, line: node.line, column: node.column + (isQuoted ? 1 : 0)) }
        }
        return texts.enumerated().map { index, text in
            let line = node.line + 1 + index
            // What the file has before it is the indentation.
            let indentation = sourceLine(line).count - text.utf8.count
            return DrillScript.Line(text: text, line: line, column: max(0, indentation) + 1)
        }
    }

    private func sourceLine(_ line: Int) -> ArraySlice<UInt8> {
        guard sourceLines.indices.contains(line - 1) else { return [] }
        let bytes = sourceLines[line - 1]
        return bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    }

    /// A script, which those who know its language can check later.
    func script(_ text: PlacedText?, role: String) -> [String] {
        guard let text else { return [] }
        let lines = lines(of: text)
        if !isLineByLine(text) {
            find(text.node, "a script of several lines is written below '|'", hint: "anything else joins its lines")
        }
        scripts.append(DrillScript(role: role, lines: lines))
        return lines.map(\.text)
    }

    /// Whether each line of the text is a line of the file.
    private func isLineByLine(_ text: PlacedText) -> Bool {
        guard case .text(_, let style) = text.node.value, style != .literal else { return true }
        let source = sourceLine(text.node.line).dropFirst(text.node.column - 1)
        switch style {
        case .plain: return String(decoding: source, as: UTF8.self).contains(text.text.trimmed)
        default: return source.first != UInt8(ascii: ">") && !text.text.trimmed.contains("\n")
        }
    }

    func requireLength(of line: String, max: Int, _ node: YAMLNode) {
        requireLength(of: DrillScript.Line(text: line, line: node.line, column: node.column), max: max)
    }

    /// With the longest values that it may get. A line of one word can't be broken: it may be longer.
    func requireLength(of line: DrillScript.Line, max: Int) {
        let count = longest(line.text).count
        if count > (line.text.contains(" ") ? max : 120) {
            find(line.line, line.column, "this line has \(count) characters: \(max) are allowed")
        }
    }
}
