import LibExpat

/// Makes elements with a path and a text of what the parser reports.
struct XMLEvents {
    /// Between the namespace and the local name, as the parser reports a name. It can't be in XML.
    static let separator = CChar(1)

    private let parser: XML_Parser
    private let onElement: ([String], String) throws -> Void
    private var path: [String] = []
    private var texts: [[UInt8]] = []
    /// Why reading ended early.
    private(set) var error: (any Error)?

    init(parser: XML_Parser, onElement: @escaping ([String], String) throws -> Void) {
        self.parser = parser
        self.onElement = onElement
    }

    /// What C keeps as a pointer for its callbacks.
    static func with(_ pointer: UnsafeMutableRawPointer?, _ body: (inout XMLEvents) -> Void) {
        guard let events = pointer?.assumingMemoryBound(to: XMLEvents.self) else { return }
        // The parser may report the end of an empty element after it was stopped.
        if events.pointee.error == nil { body(&events.pointee) }
    }

    mutating func end(_ error: any Error) {
        self.error = error
        XML_StopParser(parser, 0)
    }

    mutating func begin(_ name: UnsafePointer<CChar>?) {
        guard path.count < XMLReader.maxDepth else {
            return end(XMLReadingError(reason: "its elements are nested too deeply"))
        }
        path.append(name.map(Self.localName) ?? "")
        texts.append([])
    }

    mutating func add(_ text: UnsafePointer<CChar>?, count: Int) {
        guard let last = texts.indices.last, let text else { return }
        guard texts[last].count + count <= XMLReader.maxTextByteCount else {
            return end(XMLReadingError(reason: "it has too long a text"))
        }
        texts[last] += UnsafeRawBufferPointer(start: text, count: count)
    }

    mutating func endElement() {
        guard let text = texts.popLast() else { return }
        do {
            // The parser has checked the encoding.
            try onElement(path, String(decoding: text, as: UTF8.self))
        } catch {
            end(error)
        }
        path.removeLast()
    }

    private static func localName(_ name: UnsafePointer<CChar>) -> String {
        let name = String(cString: name)
        return String(name[(name.lastIndex(of: "\u{1}").map(name.index(after:)) ?? name.startIndex)...])
    }
}
