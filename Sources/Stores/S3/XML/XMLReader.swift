import LibExpat

/// Reads XML as the events of its elements, and keeps nothing of it.
///
/// The document is hostile until it is read. A document type is refused, and with it every entity except the five of
/// XML and character references. So are a document that is too large, elements that nest too deep, and a text that is
/// too long.
package enum XMLReader {
    /// A page of 1000 names with all their escapes takes less than 4 MiB.
    static let maxByteCount = 16 << 20
    static let maxDepth = 16
    static let maxTextByteCount = 64 << 10

    /// - Parameters:
    ///   - bytes: A whole document.
    ///   - onElement: Called at the end of each element, with the local names from the root down to it and with its
    ///     text.
    ///     The text of the elements inside it is not part of that.
    /// - Throws: `XMLReadingError`, and what `onElement` throws.
    package static func read(
        _ bytes: [UInt8],
        onElement: @escaping (_ path: [String], _ text: String) throws -> Void
    ) throws {
        guard bytes.count <= maxByteCount else { throw XMLReadingError(reason: "it is too large") }
        // With a separator the parser resolves the prefixes of names.
        guard let parser = XML_ParserCreateNS(nil, XMLEvents.separator) else {
            throw XMLReadingError(reason: "there is not enough memory")
        }
        defer { XML_ParserFree(parser) }

        var events = XMLEvents(parser: parser, onElement: onElement)
        let status = withUnsafeMutablePointer(to: &events) { events in
            XML_SetUserData(parser, events)
            XML_SetStartDoctypeDeclHandler(parser) { events, _, _, _, _ in
                XMLEvents.with(events) { $0.end(XMLReadingError(reason: "it has a document type")) }
            }
            XML_SetElementHandler(
                parser,
                { events, name, _ in XMLEvents.with(events) { $0.begin(name) } },
                { events, _ in XMLEvents.with(events) { $0.endElement() } }
            )
            XML_SetCharacterDataHandler(parser) { events, text, count in
                XMLEvents.with(events) { $0.add(text, count: Int(count)) }
            }
            return bytes.withUnsafeBytes { bytes in
                XML_Parse(parser, bytes.baseAddress, CInt(bytes.count), 1)
            }
        }
        if let error = events.error { throw error }
        guard status == XML_STATUS_OK else {
            let line = max(XML_GetCurrentLineNumber(parser), 1)
            throw XMLReadingError(reason: "it is cut off or is not XML at line \(line)")
        }
    }
}

/// Why XML can't be read.
package struct XMLReadingError: Error, CustomStringConvertible {
    /// The second half of a sentence: `it is cut off or is not XML at line 3`.
    package var reason: String
    package var description: String { reason }
}
