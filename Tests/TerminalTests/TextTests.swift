import Files
import Testing

@testable import Terminal

@Suite("Text that reaches the terminal")
struct TextTests {
    @Test(
        "what can't be printed is escaped",
        arguments: [
            ("plain näme 日本", "plain näme 日本"), ("a\nb\rc\td", #"a\nb\rc\td"#), ("\u{1B}[31mred", #"\u{1b}[31mred"#),
            ("c1\u{9B}", #"c1\u{9b}"#), ("\u{202E}gpj", #"\u{202e}gpj"#), ("zero\u{200B}", #"zero\u{200b}"#),
            ("bell\u{7}\u{7F}\0", #"bell\u{7}\u{7f}\u{0}"#), ("e\u{301}", #"e\u{301}"#), ("back\\slash", "back\\slash"),
            ("\u{10FFFF}", #"\u{10ffff}"#),
        ]
    )
    func printable(text: String, shown: String) {
        #expect(text.printableInColumns == shown)
    }

    @Test(
        "a prompt ends with a space, shows nothing raw, and marks its escapes",
        arguments: [
            (Prompt("snapsh>"), "snapsh> "), (Prompt("snapsh> "), "snapsh> "), (Prompt(""), " "),
            (Prompt("", isColored: true), " "), (Prompt("a\u{1B}\u{1}\n>"), #"a\u{1b}\u{1}\n> "#),
            (Prompt("s>", isColored: true), "\u{1}\u{1B}[1;36m\u{1}s>\u{1}\u{1B}[0m\u{1} "),
        ]
    )
    func prompts(prompt: Prompt, encoded: String) {
        #expect(prompt.encoded == encoded)
    }

    @Test(
        "a paste becomes lines without control characters, blank ones left out",
        arguments: [
            ("", []), ("\n\r\n", []), ("one", ["one"]), ("one\n", ["one"]), ("one\rtwo\r", ["one", "two"]),
            ("one\r\ntwo\n\n \t\nthree", ["one", "two", "three"]), ("a\tb", ["a\tb"]), ("  a  ", ["  a  "]),
            ("\u{1B}[31mred\u{7}\0\u{9B}", ["[31mred"]), ("grüße 日本", ["grüße 日本"]),
        ] as [(String, [String])]
    )
    func pastes(text: String, lines: [String]) {
        #expect(PastedText.lines(Array(text.utf8)) == lines)
    }

    @Test("what is not UTF-8 in a paste becomes U+FFFD")
    func brokenPaste() {
        #expect(PastedText.lines([0x61, 0xFF, 0x62]) == ["a\u{FFFD}b"])
    }

    @Test("libedit's characters become text, whatever they are")
    func scalars() {
        #expect(String(scalars: [0x61, 0x65E5, 0xD800, 0x110000, .max]) == "a日\u{FFFD}\u{FFFD}\u{FFFD}")
        #expect("a\0日".zeroTerminatedScalars == [0x61, 0x65E5, 0])
        #expect("".zeroTerminatedScalars == [0])
    }

    @Test("an edited line counts its cursor in UTF-8")
    func editedLine() {
        let line = EditedLine(text: "use pü rest", cursor: 7)
        #expect(line.typed(from: 4) == "pü")
        #expect(line.typed(from: -3) == "use pü")
        #expect(line.typed(from: 70).isEmpty)
        #expect(line.isBeforeSpace)
        #expect(!EditedLine(text: "use", cursor: 3).isBeforeSpace)
    }

    @Test("errors are sentences")
    func errors() {
        #expect(
            "\(TerminalError.cannotOpenTerminal(reason: SystemError(code: 6).description))".hasPrefix(
                "cannot open the terminal: no such"
            )
        )
        #expect("\(TerminalError.editorInUse)" == "cannot open a second line editor: the terminal has one already")
    }

    @Test("what a signal ends the program with is 128 and its number")
    func exitCodes() {
        #expect(
            [.hangUp, .interrupt, .terminate].map { (signal: Interrupts.Signal) in signal.exitCode } == [129, 130, 143]
        )
    }
}
