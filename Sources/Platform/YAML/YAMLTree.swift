import Text

/// A whole YAML file as a tree, small enough to be held: one document without references, tags and keys that occur
/// twice.
package struct YAMLTree: Sendable {
    /// `nil` where it is not YAML, too large, or empty.
    package private(set) var root: YAMLNode?
    /// What was refused, in the order of the file.
    package private(set) var problems: [YAMLProblem] = []

    package static let maxByteCount = 1 << 20
    /// How deep values may lie within each other.
    private static let maxDepth = 32
    private static let maxNodeCount = 50_000
    /// So many problems are enough to read.
    private static let maxProblemCount = 100

    private var nodeCount = 0

    package init(_ bytes: [UInt8]) {
        guard bytes.count <= Self.maxByteCount else {
            problems = [YAMLProblem(line: 1, column: 1, reason: "it is larger than 1 MiB")]
            return
        }
        bytes.withUnsafeBufferPointer { bytes in
            do throws(YAMLProblem) {
                root = try document(YAMLEvents(bytes))
            } catch {
                problems.append(error)
                root = nil
            }
        }
    }

    private mutating func document(_ events: borrowing YAMLEvents) throws(YAMLProblem) -> YAMLNode? {
        var document: YAMLNode?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return document
            case .other: continue
            default:
                if document != nil { throw event.problem("a second document begins here: only one is read") }
                document = try node(event, events, depth: 0)
            }
        }
    }

    private mutating func node(
        _ event: YAMLEvents.Event,
        _ events: borrowing YAMLEvents,
        depth: Int
    ) throws(YAMLProblem) -> YAMLNode {
        nodeCount += 1
        if nodeCount > Self.maxNodeCount { throw event.problem("it has more than \(Self.maxNodeCount) values") }
        if depth > Self.maxDepth { throw event.problem("values lie within each other more than \(Self.maxDepth) deep") }
        var node = YAMLNode(value: .refused, line: event.line, column: event.column)
        switch event.kind {
        case .scalar:
            let style: YAMLNode.Style = event.isPlain ? .plain : event.isLiteral ? .literal : .other
            node.value = event.isNull ? .null : .text(event.text, style)
        case .sequenceStart: node.value = .list(try list(events, depth: depth + 1))
        case .mappingStart: node.value = .mapping(try mapping(events, depth: depth + 1))
        case .alias: refuse(event.problem("a reference to another value: write the value itself"))
        default: throw event.problem("a value is expected here")
        }
        if event.hasAnchor {
            refuse(
                event.problem(
                    "an anchor: other values can't refer to this one",
                    hint: "a text that begins with & or * is written in quotes"
                )
            )
        }
        if !event.hasUsualTag {
            refuse(
                event.problem(
                    "a tag: types follow from the keys",
                    hint: "a text that begins with ! is written in quotes"
                )
            )
        }
        return node
    }

    private mutating func list(_ events: borrowing YAMLEvents, depth: Int) throws(YAMLProblem) -> [YAMLNode] {
        var nodes: [YAMLNode] = []
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd { return nodes }
            nodes.append(try node(event, events, depth: depth))
        }
    }

    private mutating func mapping(
        _ events: borrowing YAMLEvents,
        depth: Int
    ) throws(YAMLProblem) -> [(key: YAMLNode, value: YAMLNode)] {
        var entries: [(key: YAMLNode, value: YAMLNode)] = []
        var names: Set<String> = []
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd { return entries }
            let key = try node(event, events, depth: depth)
            let value = try node(events.next(), events, depth: depth)
            guard let name = key.text else {
                let isBrace = if case .mapping = key.value { true } else { false }
                refuse(
                    event.problem(
                        "a key is expected here",
                        hint: isBrace ? "a text that begins with { is written in quotes: \"{{NAME}}\"" : nil
                    )
                )
                continue
            }
            guard names.insert(name).inserted else {
                refuse(event.problem("'\(name.printable)' is given twice"))
                continue
            }
            entries.append((key, value))
        }
    }

    private mutating func refuse(_ problem: YAMLProblem) {
        if problems.count < Self.maxProblemCount { problems.append(problem) }
    }
}
