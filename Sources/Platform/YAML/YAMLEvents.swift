import LibYAML
import Text

/// What libyaml finds in a text, one event after the other.
///
/// Nothing is built up from it: how deep something is nested, and what refers to what, costs nothing.
package struct YAMLEvents: ~Copyable {
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let bytes: UnsafeBufferPointer<UInt8>

    package struct Event {
        package enum Kind {
            case scalar, alias, mappingStart, mappingEnd, sequenceStart, sequenceEnd, streamEnd
            /// The begin of the stream, and the begin and end of a document.
            case other
        }

        package var kind: Kind
        /// Of a scalar.
        package var text = ""
        /// Whether it is written without quotes.
        package var isPlain = false
        /// Whether it is written below `|`, line by line.
        package var isLiteral = false
        /// Whether its type is left to its text, or is said to be a text.
        package var hasUsualTag = true
        /// Whether something else can refer to it.
        package var hasAnchor = false
        package var line: Int
        package var column: Int

        /// Whether it stands for no value at all (YAML 1.2, 10.3.2).
        package var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

        package func problem(_ reason: String, hint: String? = nil) -> YAMLProblem {
            YAMLProblem(line: line, column: column, reason: reason, hint: hint)
        }
    }

    /// - Parameter bytes: Must be there as long as this is.
    /// - Throws: `YAMLProblem` where there is no memory for it.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLProblem) {
        self.bytes = bytes
        guard yaml_parser_initialize(parser) == 1 else {
            throw YAMLProblem(line: 1, column: 1, reason: "there is no memory to read it")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// - Throws: `YAMLProblem`; after that there is nothing more to read.
    package func next() throws(YAMLProblem) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem }
        defer { yaml_event_delete(&event) }
        var found = Event(
            kind: Self.kind(of: event.type),
            line: Int(clamping: event.start_mark.line) + 1,
            column: Int(clamping: event.start_mark.column) + 1
        )
        switch found.kind {
        case .scalar:
            let scalar = event.data.scalar
            found.text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            found.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            found.isLiteral = scalar.style == YAML_LITERAL_SCALAR_STYLE
            found.hasUsualTag = scalar.tag.map { String(cString: $0) == YAML_STR_TAG } ?? true
            found.hasAnchor = scalar.anchor != nil
        case .mappingStart:
            found.hasUsualTag = event.data.mapping_start.tag == nil
            found.hasAnchor = event.data.mapping_start.anchor != nil
        case .sequenceStart:
            found.hasUsualTag = event.data.sequence_start.tag == nil
            found.hasAnchor = event.data.sequence_start.anchor != nil
        default: break
        }
        return found
    }

    private static func kind(of type: yaml_event_type_t) -> Event.Kind {
        switch type {
        case YAML_SCALAR_EVENT: .scalar
        case YAML_ALIAS_EVENT: .alias
        case YAML_MAPPING_START_EVENT: .mappingStart
        case YAML_MAPPING_END_EVENT: .mappingEnd
        case YAML_SEQUENCE_START_EVENT: .sequenceStart
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: .streamEnd
        default: .other
        }
    }

    /// Why the last event could not be read.
    private var problem: YAMLProblem {
        let reason = parser.pointee.problem.map { String(cString: $0).printable } ?? "it is not YAML"
        let mark = parser.pointee.problem_mark
        var (line, column) = (Int(clamping: mark.line), Int(clamping: mark.column))
        if parser.pointee.error == YAML_READER_ERROR {
            // Bytes that are no text have no mark, but an offset.
            let before = bytes.prefix(Int(clamping: parser.pointee.problem_offset))
            line = before.count { $0 == UInt8(ascii: "\n") }
            column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count { $0 & 0xC0 != 0x80 }
        }
        return YAMLProblem(line: line + 1, column: column + 1, reason: "it is not YAML: \(reason)")
    }
}
