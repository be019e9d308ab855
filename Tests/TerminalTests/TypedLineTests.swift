import Testing

@testable import Terminal

@Suite("A line that is typed at a question")
struct TypedLineTests {
    /// The line after these bytes; `nil` where it has not ended.
    private func line(_ bytes: [UInt8]) throws -> String? {
        var line = TypedLine()
        for byte in bytes {
            if let text = try line.take(byte) { return text }
        }
        return nil
    }

    @Test("ends with Enter, and has what was typed before it")
    func ending() throws {
        #expect(try line(Array("yes\n".utf8)) == "yes")
        #expect(try line(Array("grün\r".utf8)) == "grün")
        #expect(try line(Array("\n".utf8)) == "")
        #expect(try line(Array("yes".utf8)) == nil)
    }

    @Test("is corrected by Backspace, a whole character at a time, and emptied by Ctrl-U")
    func corrections() throws {
        #expect(try line(Array("aü".utf8) + [0x7F] + Array("b\n".utf8)) == "ab")
        #expect(try line([0x08, 0x7F] + Array("a\n".utf8)) == "a")
        #expect(try line(Array("wrong".utf8) + [0x15] + Array("right\n".utf8)) == "right")
    }

    @Test("that is not text, does not end, or is too long is an error")
    func errors() {
        func reason(_ bytes: [UInt8]) -> String? {
            do {
                _ = try self.line(bytes)
                return nil
            } catch TerminalError.cannotReadTerminal(let reason) {
                return reason
            } catch {
                return "\(error)"
            }
        }
        #expect(reason(Array("\u{1b}[A\n".utf8))?.contains("control characters") == true)
        #expect(reason([0xFF, UInt8(ascii: "\n")])?.contains("control characters") == true)
        #expect(reason(Array("a".utf8) + [0x04]) == "the input ended")
        let longest = [UInt8](repeating: UInt8(ascii: "x"), count: TypedLine.maxByteCount)
        #expect(reason(longest + Array("\n".utf8)) == nil)
        #expect(reason(longest + Array("x".utf8)) == "the line is too long")
        var line = TypedLine()
        #expect(throws: TerminalError.self) { try line.take(nil) }
    }
}
