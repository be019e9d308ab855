import Backups
import Codecs
import DirectoryStore
import Files
import Foundation
import Language
import Layouts
import TestSupport
import Testing

@testable import Shell

/// A session whose words are kept, over a volume of its own.
@MainActor
final class Scene {
    let volume: BackupVolume
    let session: Session
    private(set) var data = ""
    private(set) var talk = ""
    /// Thrown when data is written.
    var writeError: SystemError?

    init(
        format: Output.Format = .text,
        isQuiet: Bool = false,
        isDryRun: Bool = false,
        width: Int? = nil,
        volume: BackupVolume? = nil,
        home: String? = nil,
        processEnvironment: [String: String] = [:],
        sources: [SourceDeclaration]? = nil,
        drills: DrillDependencies? = nil
    ) throws {
        let volume = try volume ?? BackupVolume()
        self.volume = volume
        let box = Box()
        let output = Output(format: format, isQuiet: isQuiet) { channel, bytes in
            try box.scene?.write(String(decoding: bytes, as: UTF8.self), to: channel)
        }
        output.width = { _ in width }
        var dependencies = ShellDependencies(
            home: home,
            processEnvironment: processEnvironment,
            sources: sources
                ?? Sources.all { path in
                    if path == "/dropped" { throw CancellationError() }
                    return try await Volume.source(
                        at: path ?? volume.path,
                        LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings))
                    )
                },
            serve: { _, _, _, onListening, _ in
                await onListening("http://127.0.0.1:19999")
                return 0
            },
            history: { ["ls", "pick max"] },
            ask: { _, isSecret in isSecret ? "SECRET-typed" : "yes" }
        )
        dependencies.drills = drills
        session = Session(dependencies: dependencies, output: output, isDryRun: isDryRun)
        box.scene = self
    }

    @MainActor
    private final class Box {
        weak var scene: Scene?
    }

    private func write(_ text: String, to channel: Output.Channel) throws {
        if channel == .data, let writeError { throw writeError }
        if channel == .data { data += text } else { talk += text }
    }

    /// Checks and runs a line as the prompt does.
    func run(_ text: String) async -> ExitCode {
        let (program, findings): (Shell.Program, [Diagnostic])
        do {
            (program, findings) = try await Interpreter.check(SourceFile(name: "prompt", text: text), in: session)
        } catch {
            return ExitCode(error)
        }
        guard findings.isEmpty else {
            talk += findings.map { FailureMessage($0, Sources.commands).text(showingPlace: true) }.joined()
            return .mistake
        }
        do {
            try await Interpreter(session).run(program)
            return .success
        } catch {
            let message = FailureMessage(error, session.dependencies.commands)
            talk += message.text(showingPlace: false)
            return message.exitCode
        }
    }
}

@Suite("Running commands", .ownThread)
@MainActor
struct InterpreterTests {
    @Test(
        "&& and || rank equally and go from left to right",
        arguments: [
            ("echo a && echo b", "a\nb\n", ExitCode.success),
            ("use pv /nothing && echo b", "", .unreachable),
            ("use pv /nothing || echo b", "b\n", .success),
            ("echo a || echo b", "a\n", .success),
            ("echo a || echo b && echo c", "a\nc\n", .success),
            ("use pv /nothing && echo b || echo c", "c\n", .success),
            ("use pv /nothing || use pv /nowhere", "", .unreachable),
            ("use pv /nothing || use pv /nowhere || echo c; echo d", "c\nd\n", .success),
            ("use pv /nothing; echo b", "", .unreachable),
            ("echo a; exit; echo b", "a\n", .success),
            ("echo a && exit && echo b", "a\n", .success),
        ]
    )
    func chains(text: String, data: String, exitCode: ExitCode) async throws {
        let scene = try Scene()
        #expect(await scene.run(text) == exitCode)
        #expect(scene.data == data)
    }

    @Test(
        "exit ends with its code, and nothing runs after it",
        arguments: [
            ("echo a; exit 7; echo b", 7), ("use pv /nothing || exit 255; echo b", 255), ("exit", 0), ("exit 0", 0),
            ("use pv /nothing && exit 7 || exit 8", 8), ("set code = 9; exit $code || exit 8", 9),
        ] as [(String, Int32)]
    )
    func exits(text: String, code: Int32) async throws {
        let scene = try Scene()
        #expect(await scene.run(text) == .success)
        #expect(scene.session.requestedExitCode == code)
        #expect(!scene.data.contains("b"))
    }

    @Test("|| says what it caught, and never catches a mistake")
    func catching() async throws {
        let scene = try Scene()
        _ = await scene.run("use pv /nothing || echo b")
        #expect(
            scene.talk
                == "note: cannot use the volume /nothing: no such file or directory; continuing after '||'\n"
                + "    hint: name the folder where it is mounted: use pv DIR\n"
        )
        try scene.volume.add(15)
        #expect(
            await scene.run("use pv; cluster foo; pick max; ls 'no*'; ls --limit ${ls.count} || echo caught")
                == .success
        )
        #expect(scene.data.hasSuffix("caught\n"))
        #expect(await scene.run("ls --limit ${ls.count}") == .failed)
        #expect(await scene.run("ls --limit 0 || echo mistake") == .mistake)
        #expect(!scene.data.contains("mistake"))
        #expect(await scene.run("expect pick.revision == 16 || echo caught") == .success)
        #expect(scene.data.hasSuffix("caught\n"))
    }

    @Test("each kind of failure has its exit code")
    func exitCodes() async throws {
        let scene = try Scene()
        try scene.volume.add(15)
        try scene.volume.add(16, content: Array("placeholder".utf8))
        try scene.volume.folder.makeFolder("v1/empty")
        let out = scene.volume.folder.path("out.db")
        let steps: [(String, ExitCode)] = [
            ("pick max", .mistake), ("use pv /nothing", .unreachable), ("use pv", .success), ("cluster fo", .notFound),
            ("cluster empty", .success), ("pick max", .notFound), ("cluster foo", .success), ("pick 17", .notFound),
            ("pick 16", .success), ("get \(out)", .unsound), ("pick max", .success), ("get \(out)", .success),
            ("expect file.size > 1MiB", .unmetExpectation), ("expect file.verified", .success),
            ("get \(out)", .success), ("pick 16; get \(out)", .failed),
            ("expect file.verified", .mistake),
        ]
        for (text, exitCode) in steps { #expect(await scene.run(text) == exitCode, "\(text): \(scene.talk)") }
        #expect(scene.talk.contains("did you mean 'foo'?"))
    }

    @Test("what calls itself a cancellation is a failure where nobody cancelled")
    func dropped() async throws {
        let scene = try Scene()
        #expect(await scene.run("use pv /dropped || echo caught") == .success)
        #expect(scene.data == "caught\n")
        #expect(await scene.run("use pv /dropped") == .failed)
        #expect(scene.talk.contains("cannot continue: a request was cancelled before its response came"))
    }

    @Test("a cancellation is none that '||' catches")
    func cancelled() async throws {
        let scene = try Scene()
        let task = Task { @MainActor in
            withUnsafeCurrentTask { $0?.cancel() }
            return await scene.run("use pv || echo caught")
        }
        #expect(await task.value == .interrupted)
        #expect(scene.data.isEmpty)
    }

    @Test("a value stays one word, whatever it holds")
    func values() async throws {
        let scene = try Scene()
        for value in ["two words", "--x", "a; b", "'q' \"r\"", "$y", "# no comment", "a && b", ""] {
            scene.session.variables["x"] = value
            let before = scene.data
            #expect(await scene.run("set y = $x; set z = \"<$y>\"") == .success)
            #expect(scene.session.variables["z"] == "<\(value)>")
            #expect(scene.data == before)
        }
    }

    @Test("a command as it is shown can be typed again")
    func lines() async throws {
        let scene = try Scene()
        for value in ["plain", "two words", "--x", "it's", "\"q\"", "$y", "~/x", "#x", "a;b", "\\", "’", "", "-", "ö"] {
            scene.session.variables["x"] = value
            let source = SourceFile(name: "prompt", text: "echo $x")
            let checked = try await Interpreter.check(source, in: scene.session)
            let command = try #require(checked.program.chains.first).first
            let line = try await Invocation(command, in: scene.session).line
            scene.session.variables["x"] = nil
            let again = try await Interpreter.check(SourceFile(name: "prompt", text: line), in: scene.session)
            #expect(again.findings.isEmpty, "\(line)")
            let typed = try await Invocation(try #require(again.program.chains.first).first, in: scene.session)
            #expect(typed.values(ofArgument: "WORDS") as? [String] == [value], "\(line)")
        }
    }

    @Test(
        "a value that may be left out is shown after '='",
        arguments: [("get --or-older", "get --or-older=3"), ("get x --or-older=5", "get x --or-older=5")]
    )
    func optionalValues(text: String, line: String) async throws {
        let scene = try Scene()
        try scene.volume.add(15)
        #expect(await scene.run("use pv; cluster foo; pick max") == .success)
        let (program, findings) = try await Interpreter.check(SourceFile(name: "prompt", text: text), in: scene.session)
        #expect(findings.isEmpty)
        #expect(try await Invocation(try #require(program.chains.first).first, in: scene.session).line == line)
    }

    @Test(
        "a pick that fails leaves the pick as it was, and says so",
        arguments: ["pick 99", "pick nothing", "pick max --before 2016-01-01", "pick max --deleted", "pick x --etag y"]
    )
    func failedPick(line: String) async throws {
        let scene = try Scene()
        let name = try scene.volume.add(15)
        #expect(await scene.run("use pv; cluster foo; \(line)") != .success)
        #expect(!scene.talk.contains("the pick stays"))
        #expect(await scene.run("pick min") == .success)
        #expect(await scene.run("\(line) || echo none") == .success)
        #expect(scene.talk.contains("; the pick stays \(name); continuing after '||'"), "\(scene.talk)")
        #expect(scene.session.pick?.name == name)
        #expect(await scene.run("info") == .success)
    }

    @Test("a script never goes on with an earlier pick where a later one failed")
    func failedPickInScript() async throws {
        let scene = try Scene()
        try scene.volume.add(15)
        #expect(await scene.run("use pv; cluster foo; pick min; pick 99 || echo none; get x") == .mistake)
        #expect(scene.talk.contains("it is not certain that a backup is picked here"))
    }

    @Test("a rollback is told of among those that the choice is made from")
    func rollback() async throws {
        let scene = try Scene()
        try scene.volume.add(100, age: 400_000)
        try scene.volume.add(50, age: 300_000)
        try scene.volume.add(150, age: 1000)
        _ = await scene.run("use pv; cluster foo; pick max")
        #expect(!scene.talk.contains("rolled back"))
        let before = TimeText.text(Date(timeIntervalSinceNow: -200_000))
        _ = await scene.run("pick max --before \(before)")
        #expect(scene.talk.contains("warning: the highest revision, 100 (0x64)"))
        #expect(scene.talk.contains("'pick 50' takes the later one"))
    }

    @Test("a reader who has seen enough stops nothing; a full disk does")
    func writing() async throws {
        let scene = try Scene()
        scene.writeError = SystemError(code: EPIPE)
        #expect(await scene.run("echo a; set x = 1") == .success)
        #expect(scene.session.variables["x"] == "1")
        let full = try Scene()
        full.writeError = SystemError(code: ENOSPC)
        #expect(await full.run("echo a; set x = 1") == .failed)
        #expect(full.session.variables["x"] == nil)
        #expect(full.talk.contains("cannot write to standard output: no space left on device"))
    }

    @Test("--json prints one object a line, --quiet only what was asked for")
    func formats() async throws {
        let scene = try Scene(format: .json)
        try scene.volume.add(15)
        _ = await scene.run(
            "use pv; clusters; cluster foo; target 3.4; ls; pick max; info; expect pick.revision == 15; echo x; use"
        )
        let lines = scene.data.split(separator: "\n")
        let kinds = try lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["kind"] as? String
        }
        #expect(
            kinds == [
                "source", "cluster", "chosen", "target", "backup", "pick", "pick", "expectation", "echo", "source",
            ]
        )
        let quiet = try Scene(isQuiet: true)
        try quiet.volume.add(15)
        _ = await quiet.run("use pv; cluster foo; pick max; echo only this; ls nothing")
        #expect(quiet.data == "only this\n")
        #expect(quiet.talk.isEmpty)
    }
}
