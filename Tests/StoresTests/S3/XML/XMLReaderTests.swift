import Testing

@testable import S3Store

@Suite("XML")
struct XMLReaderTests {
    private func elements(of document: String) throws -> [String] {
        try elements(of: Array(document.utf8))
    }

    private func elements(of document: [UInt8]) throws -> [String] {
        var found: [String] = []
        try XMLReader.read(document) { path, text in found.append("\(path.joined(separator: "/"))=\(text)") }
        return found
    }

    private func reason(against document: [UInt8]) -> String? {
        do {
            try XMLReader.read(document) { _, _ in }
            return nil
        } catch {
            return (error as? XMLReadingError)?.reason
        }
    }

    private func reason(against document: String) -> String? { reason(against: Array(document.utf8)) }

    @Test("is read as elements with a path and a text, without their namespaces")
    func elements() throws {
        let document = """
            <?xml version="1.0" encoding="UTF-8"?>
            <List xmlns="http://s3.amazonaws.com/doc/2006-03-01/" xmlns:x="urn:x"><Name a="1">größe &lt;&#x1F511;&gt;</Name><x:Key/>\
            <Empty></Empty><Raw><![CDATA[<a>&amp;]]>!</Raw><!-- no --><?no?></List>
            """
        #expect(
            try elements(of: document) == [
                "List/Name=größe <🔑>", "List/Key=", "List/Empty=", "List/Raw=<a>&amp;!", "List=",
            ]
        )
    }

    @Test("in another encoding means the same")
    func encodings() throws {
        let text = "<?xml version='1.0' encoding='ISO-8859-1'?><a>gr\u{F6}\u{DF}e</a>"
        #expect(try elements(of: text.unicodeScalars.map { UInt8($0.value) }) == ["a=größe"])
        let wide = "<?xml version='1.0'?><a>größe</a>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(try elements(of: [0xFE, 0xFF] + wide) == ["a=größe"])
    }

    @Test(
        "with a document type is refused, in any encoding, before an entity is made",
        arguments: [
            "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "<?xml version='1.0'?>\n<!DOCTYPE a PUBLIC 'x' 'http://127.0.0.1:1/x'><a/>",
        ]
    )
    func documentType(document: String) {
        #expect(reason(against: document) == "it has a document type")
        let wide = document.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(reason(against: [0xFF, 0xFE] + wide) == "it has a document type")
    }

    @Test("that is too large, too deep or too long is refused")
    func bounds() {
        let depth = XMLReader.maxDepth
        func nested(_ count: Int) -> String {
            String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
        }
        #expect(reason(against: nested(depth)) == nil)
        #expect(reason(against: nested(depth + 1)) == "its elements are nested too deeply")
        func text(_ count: Int) -> String { "<a>\(String(repeating: "x", count: count))</a>" }
        #expect(reason(against: text(XMLReader.maxTextByteCount)) == nil)
        #expect(reason(against: text(XMLReader.maxTextByteCount + 1)) == "it has too long a text")
        let filler = [UInt8](repeating: 0x20, count: XMLReader.maxByteCount)
        #expect(reason(against: Array("<a>".utf8) + filler) == "it is too large")
    }

    @Test(
        "that breaks off or is none is refused",
        arguments: [
            "", " ", "no XML", "<a>", "<a", "<a></b>", "<a/><b/>", "<a>&b;</a>", "<a>\u{0}</a>", "<x:a/>",
            "<?xml version='1.0' encoding='unheard-of'?><a/>",
        ]
    )
    func broken(document: String) {
        #expect(reason(against: document) == "it is cut off or is not XML at line 1")
    }

    @Test("with bytes that its encoding has not is refused, with the line")
    func notUTF8() {
        #expect(
            reason(against: Array("<a>\n".utf8) + [0xFF] + Array("</a>".utf8))
                == "it is cut off or is not XML at line 2"
        )
    }

    @Test("is read no further when what takes it throws")
    func sinkThrows() throws {
        struct Enough: Error {}
        var count = 0
        #expect(throws: Enough.self) {
            try XMLReader.read(Array("<a><b/><b/><b/></a>".utf8)) { _, _ in
                count += 1
                if count == 2 { throw Enough() }
            }
        }
        #expect(count == 2)
    }
}
