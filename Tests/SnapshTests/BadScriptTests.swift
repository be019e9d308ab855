import Foundation
import TestSupport
import Testing

/// What is no script, or can't be had.
@Suite(.ownThread) struct BadScriptTests {
    @Test func aScriptThatDoesNotExist() throws {
        let outcome = try Program().run(["no-such-file.snapsh"])
        expectFailure(outcome, 2, says: "cannot read the script no-such-file.snapsh: no such file or directory")
    }

    @Test func aFolderIsNoScript() throws {
        let program = try Program()
        try program.folder.makeFolder("folder")
        expectFailure(try program.run(["folder"]), 2, says: "cannot read the script folder: is a directory")
    }

    @Test func aFolderOnStandardInputIsNoScript() throws {
        let outcome = try Program().run([], prefix: Program.shell(#"exec "$@" < /"#))
        expectFailure(outcome, 2, says: "cannot read the script: is a directory")
    }

    @Test func aClosedStandardInputIsNoScript() throws {
        let outcome = try Program().run([], prefix: Program.shell(#"exec "$@" <&-"#))
        #expect(outcome.exitCode != 0)
        #expect(outcome.talk.contains("cannot read the script"))
    }

    @Test(arguments: [true, false])
    func aBinaryFileIsNoScript(_ asFile: Bool) throws {
        let program = try Program()
        let bytes = try Fixture.snapshot("early.db")
        try program.folder.write(bytes, to: "binary")
        let outcome =
            asFile ? try program.run(["binary"]) : try program.run([], prefix: Program.shell(#"exec "$@" < binary"#))
        expectFailure(outcome, 2, says: "1:1: this is not a script: it holds binary data (a NUL byte at offset 0)")
        #expect(outcome.talk.contains("hint: a script is plain text in UTF-8"))
        #expect(outcome.talk.contains("is shown by: snapsh status binary\n") == asFile)
        #expect(outcome.output.isEmpty)
        #expect(try program.folder.read("binary") == bytes)
    }

    @Test func aScriptInAnotherEncodingIsNoScript() throws {
        let program = try Program()
        try program.folder.write(Array("echo fine\necho gr".utf8) + [0xFC] + Array("n\n".utf8), to: "latin1")
        let outcome = try program.run(["latin1"])
        expectFailure(outcome, 2, says: "latin1:2:8: this is not UTF-8 text: byte 0xfc at offset 17")
        #expect(outcome.output.isEmpty)
    }

    @Test func controlCharactersInAScriptAreFoundAndNotPrinted() throws {
        let program = try Program()
        try program.folder.write("echo \u{1B}[31mred\n".utf8, to: "script")
        let outcome = try program.run(["script"])
        expectFailure(outcome, 2, says: "script:1:6: a control character (U+001B) can't stand in a script")
        #expect(outcome.output.isEmpty)
    }

    @Test func aScriptWhoseNameHoldsControlCharactersIsShownEscaped() throws {
        let program = try Program()
        try program.folder.write("pikc\n".utf8, to: "a\u{1B}[31m\nb")
        expectPlainText(try program.run(["a\u{1B}[31m\nb"]))
        expectFailure(
            try program.run(["none\u{1B}[31m\n"]),
            2,
            says: #"cannot read the script none\u{1b}[31m\n: no such file or directory"#
        )
    }

    /// Memory that would not do for a gigabyte, in KiB of address space.
    private static let memoryLimit = 600_000

    @Test func aScriptOfAGigabyteIsRefusedBeforeMemoryIsTakenForIt() throws {
        let program = try Program()
        let path = try program.folder.write([], to: "huge")
        try #require(truncate(path, 1 << 30) == 0)
        let outcome = try program.run(["huge"], prefix: Program.shell("ulimit -v \(Self.memoryLimit); exec \"$@\""))
        expectFailure(outcome, 2, says: "cannot read the script huge: it is larger than 16.0 MiB")
        #expect(outcome.talk.contains("hint: a script is a text file with one command a line"))
    }

    @Test(arguments: ["cat /dev/zero", "yes | tr -d '\\n' | head -c 1073741824", "yes 'echo fine'"])
    func aGigabyteOnStandardInputIsRefusedBeforeMemoryIsTakenForIt(_ source: String) throws {
        let limited = "(ulimit -v \(Self.memoryLimit); exec \"$@\")"
        let outcome = try Program().run(["-"], prefix: Program.shell("(\(source)) 2>/dev/null | \(limited)"))
        expectFailure(outcome, 2, says: "cannot read the script standard input: it is larger than 16.0 MiB")
        #expect(outcome.output.isEmpty)
    }

    @Test func aScriptOfManyMistakesShowsTheFirstAndCountsTheRest() throws {
        let outcome = try Program().run([], input: String(repeating: "pikc max\n", count: 5000))
        expectFailure(
            outcome,
            2,
            says: "at least 1000 mistakes in standard input, of which the first 100 are shown: nothing was run"
        )
        #expect(outcome.talk.split(separator: "\n").count == 401)
    }

    @Test func aLongLineWithAMistakeIsShownInParts() throws {
        let text = "echo " + String(repeating: "x", count: 1 << 20) + " | echo"
        let outcome = try Program().run([], input: text)
        expectFailure(outcome, 2, says: "standard input:1:1048583: a single '|' has no meaning here")
        #expect(outcome.talk.utf8.count < 1000)
    }
}
