import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite("The records of --json")
struct RecordDeclarationTests {
    @Test("have each a kind of its own, a summary, and fields with names and meanings")
    func declarations() {
        let commands = Sources.commands.all
        for record in Sources.commands.records {
            #expect(!record.summary.isEmpty && !record.summary.hasSuffix("."), "\(record.kind)")
            let names = record.fields.map(\.name)
            #expect(Set(names).count == names.count && !names.contains("kind"), "\(record.kind)")
            for field in record.fields { #expect(!field.summary.isEmpty, "\(record.kind).\(field.name)") }
        }
        // The same kind in two commands is the same record.
        let all = RecordDeclaration.ofProgram + commands.flatMap(\.records)
        for record in all {
            let first = Sources.commands.records.first { $0.kind == record.kind }
            #expect(first?.fields.map(\.name) == record.fields.map(\.name), "\(record.kind)")
        }
    }

    @Test("are declared by every command that prints something")
    func everyCommand() {
        let silent: Set = ["param", "set", "source", "exit"]
        for command in Sources.commands.all {
            #expect(command.records.isEmpty == silent.contains(command.name), "\(command.name)")
        }
    }

    @Test("are in the sources, and none but these")
    func sources() throws {
        let folder = URL(fileURLWithPath: "\(Fixture.folder)/../../Sources").standardized
        var kinds: Set<String> = ["error", "backup", "pick", "key", "change"]
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where file.hasSuffix(".swift") && ["Shell/", "snapsh/"].contains(where: file.hasPrefix) {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for match in text.matches(of: #/let kind = "([a-z-]+)"/#) { kinds.insert(String(match.output.1)) }
        }
        #expect(Set(Sources.commands.records.map(\.kind)).subtracting(["end", "schema"]) == kinds)
    }

    @Test("have a schema that the validator of the tests reads, and that refuses what is not declared")
    @MainActor
    func schema() async throws {
        let scene = try Scene(format: .json)
        #expect(await scene.run("help json") == .success)
        let validator = try JSONSchemaValidator(scene.data)
        #expect(validator.kinds == Sources.commands.records.map(\.kind).sorted())
        let end = #"{"exit":0,"kind":"end"}"#
        func problems(_ line: String) -> [String] { validator.problems(in: "\(line)\n\(end)\n", exitCode: 0) }
        #expect(problems(#"{"kind":"target","target":"3.4.23"}"#) == [])
        #expect(problems(#"{"kind":"target","target":3}"#) == [#"target.target is not ["string"]: 3"#])
        #expect(problems(#"{"kind":"target"}"#) == [])
        #expect(problems(#"{"kind":"recording"}"#) == ["recording.isOn is missing"])
        #expect(problems(#"{"kind":"target","target":"3","more":1}"#) == ["target.more is not declared"])
        #expect(problems(#"{"kind":"recording","isOn":1}"#) == [#"recording.isOn is not ["boolean"]: 1"#])
        #expect(problems(#"{"kind":"recording","isOn":true,"commands":1.5}"#).count == 1)
        #expect(problems(#"{"kind":"confirmation","text":"x","by":"me"}"#).count == 1)
        #expect(problems(#"{"kind":"drill-event","event":"x","time":"yesterday"}"#).count == 1)
        #expect(problems(#"{"kind":"none"}"#) == ["there is no kind none"])
        #expect(problems("text") == ["this is no object: text"])
        #expect(validator.problems(in: end, exitCode: 1).count == 1)
    }

    @Test("are explained by 'help json', each with its fields")
    @MainActor
    func help() async throws {
        let scene = try Scene()
        #expect(await scene.run("help json") == .success)
        for record in Sources.commands.records { #expect(scene.data.contains("\n\(record.kind) ")) }
        let one = try Scene()
        #expect(await one.run("help json restored") == .success)
        for name in ["path", "members[].walDir?", "next"] { #expect(one.data.contains("\n\(name) ")) }
        #expect(await one.run("help json restoerd") == .mistake)
    }
}
