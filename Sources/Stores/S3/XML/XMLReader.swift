import Foundation
import FoundationXML

/// Reads XML as the events of its elements, and keeps nothing of it.
///
/// What comes from outside is hostile: a document type is refused (with it go all entities but the five of XML and
/// character references), and so is what nests deeper or holds longer texts than anything that is meant.
package enum XMLReader {
    private static let maxDepth = 16
    private static let maxTextByteCount = 64 << 10

    /// - Parameters:
    ///   - bytes: A whole document.
    ///   - onElement: Called at the end of each element with the local names from the root down to it, and with the
    ///     text that stands in it and not in an element inside it.
    /// - Throws: `XMLReadingError`, and what `onElement` throws.
    package static func read(
        _ bytes: [UInt8],
        onElement: @escaping (_ path: [String], _ text: String) throws -> Void
    ) throws {
        // In another encoding a document type would look otherwise.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLReadingError(reason: "it is not UTF-8")
        }
        let data = Data(bytes)
        guard data.range(of: Data("<!DOCTYPE".utf8)) == nil else {
            throw XMLReadingError(reason: "it has a document type")
        }
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = true
        let events = Events(onElement)
        parser.delegate = events
        let isWhole = parser.parse()
        if let error = events.error { throw error }
        guard isWhole else {
            throw XMLReadingError(reason: "it is cut off or is not XML at line \(max(parser.lineNumber, 1))")
        }
    }

    private final class Events: NSObject, XMLParserDelegate {
        private let onElement: ([String], String) throws -> Void
        private var path: [String] = []
        private var texts: [String] = []
        private(set) var error: (any Error)?

        init(_ onElement: @escaping ([String], String) throws -> Void) {
            self.onElement = onElement
        }

        private func end(_ parser: XMLParser, _ error: any Error) {
            self.error = self.error ?? error
            parser.abortParsing()
        }

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            guard path.count < XMLReader.maxDepth else {
                return end(parser, XMLReadingError(reason: "its elements are nested too deeply"))
            }
            path.append(name)
            texts.append("")
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            guard let last = texts.indices.last else { return }
            texts[last] += text
            if texts[last].utf8.count > XMLReader.maxTextByteCount {
                end(parser, XMLReadingError(reason: "it has too long a text"))
            }
        }

        func parser(_ parser: XMLParser, foundCDATA block: Data) {
            self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
        }

        func parser(
            _ parser: XMLParser,
            didEndElement name: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            guard error == nil, let text = texts.popLast() else { return }
            do {
                try onElement(path, text)
            } catch {
                end(parser, error)
            }
            path.removeLast()
        }
    }
}

/// Why XML can't be read.
package struct XMLReadingError: Error, CustomStringConvertible {
    /// The second half of a sentence: `it is cut off or is not XML at line 3`.
    package var reason: String
    package var description: String { reason }
}
