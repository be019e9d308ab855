import Foundation
import Language
import TestSupport
import Testing

@testable import Shell

@Suite("Secret parameters")
@MainActor
struct SecretTests {
    private func findings(in text: String, parameters: [String: String] = [:], canAsk: Bool = true) -> [String] {
        let context = CheckContext(
            Sources.dependencies.with(canAskSecrets: canAsk),
            parameters: parameters
        )
        return Checker.check(SourceFile(name: "t", text: text), context).findings.map {
            let (line, column) = $0.source.position(at: $0.span.start)
            return "\(line):\(column) \($0.message)"
        }
    }

    @Test(
        "go to a secret option",
        arguments: [
            "param token --secret \"the service's\"\nuse service --header \"Authorization: Bearer $token\"",
            "param token --secret; use service --header $token",
            "param token --secret; use service --header ${token:-none} || use service --header ${token:?no token}",
        ]
    )
    func allowed(text: String) {
        #expect(findings(in: text) == [])
        #expect(findings(in: text, parameters: ["token": "X-Token: SECRET"], canAsk: false) == [])
    }

    @Test(
        "go nowhere else",
        arguments: [
            "echo $token", "echo \"a ${token:-b}\"", "set x = $token", "use service http://$token@host",
            "use service http://host --ca-file $token", "use s3 b --endpoint http://host?sig=$token", "cluster $token",
            "get $token", "source $token", "param x = $token", "param y = z $token", "use pv $token || echo none",
            "keys out.db $token", "use pv; cluster a; pick max; expect pick.name == $token",
        ]
    )
    func refused(text: String) {
        for parameters in [[:], ["token": "SECRET"]] {
            let found = findings(in: "param token --secret\n\(text)", parameters: parameters)
            #expect(found.contains { $0.hasSuffix(" 'token' is secret, and this would show it") }, "\(found)")
        }
    }

    @Test("that an included script declares are secret from the first line on")
    func included() throws {
        let folder = try TemporaryFolder()
        try folder.write("param login --secret\n".utf8, to: "inc.snapsh")
        for (line, parameters, finding) in [
            ("echo $login", ["login": "SECRET"], "1:6 'login' is secret, and this would show it"),
            ("set login = x", [:], "1:5 'login' is a secret parameter, and can't be set"),
            ("param login = x", [:], "1:15 a secret parameter has no default: the script would show it"),
        ] {
            let source = SourceFile(name: folder.path("main.snapsh"), text: "\(line)\nsource inc.snapsh")
            let context = CheckContext(Sources.dependencies.with(canAskSecrets: true), parameters: parameters)
            #expect(
                Checker.check(source, context).findings.map { "1:\($0.span.start + 1) \($0.message)" } == [finding]
            )
        }
    }

    @Test("have no default, no other value, and must be given where nobody can be asked")
    func mistakes() {
        #expect(
            findings(in: "param token = SECRET --secret")
                == ["1:15 a secret parameter has no default: the script would show it"]
        )
        #expect(
            findings(in: "param token --secret; set token = x")
                == ["1:27 'token' is a secret parameter, and can't be set"]
        )
        #expect(
            findings(in: "param token --secret 'the key'", canAsk: false)
                == ["1:1 parameter 'token' (the key) has no value"]
        )
        // What is given is secret before its declaration, on each path, and in a script that declares it again.
        #expect(
            findings(in: "echo $token\nparam token --secret", parameters: ["token": "SECRET"])
                == ["1:6 'token' is secret, and this would show it"]
        )
        #expect(
            findings(in: "echo $token\nparam --secret token", parameters: ["token": "SECRET"])
                == ["1:6 'token' is secret, and this would show it"]
        )
        #expect(
            findings(in: "use pv || param token --secret\necho ${token:-x}")
                == ["2:6 'token' is secret, and this would show it"]
        )
        #expect(
            findings(in: "param token --secret\nparam token\necho $token")
                == ["3:6 'token' is secret, and this would show it"]
        )
    }

    @Test("that would be shown, or that are wrong, are mistakes, which '||' does not catch")
    func notCaught() async throws {
        let scene = try Scene()
        scene.session.variables["token"] = "SECRET-late"
        let line = SourceFile(name: "line", text: "echo $token || echo caught")
        let (program, findings) = try await Interpreter.check(line, in: scene.session)
        #expect(findings.isEmpty)
        // The check did not know yet that it is secret.
        scene.session.hide(["token"])
        let failure = await #expect(throws: CommandFailure.self) { try await Interpreter(scene.session).run(program) }
        #expect((failure?.error as? UsageError)?.message == "'token' is secret, and this would show it")

        #expect(await scene.run("param other --secret") == .success)
        #expect(await scene.run("use service --header $other || echo caught") == .failed)
        #expect(scene.talk.contains("what is given for header is not a header"), "\(scene.talk)")
        #expect(!scene.data.contains("caught") && !(scene.data + scene.talk).contains("SECRET"))
    }

    @Test("of which nothing is typed have no value, and '||' does not catch that")
    func nothingTyped() async throws {
        let dependencies = Sources.dependencies.with(canAskSecrets: true)
        let session = Session(dependencies: dependencies, output: Output(format: .text) { _, _ in })
        let text = "set why = w; param token \"for $why\" --secret || set caught = yes"
        let (program, findings) = try await Interpreter.check(SourceFile(name: "line", text: text), in: session)
        #expect(findings.isEmpty)
        let failure = await #expect(throws: CommandFailure.self) { try await Interpreter(session).run(program) }
        #expect((failure?.error as? UsageError)?.message == "parameter 'token' has no value: nothing was typed")
        #expect(session.variables["caught"] == nil)
    }

    @Test("are asked for, and stay secret in what is typed later")
    func asking() async throws {
        let scene = try Scene()
        try scene.volume.add(15)
        #expect(await scene.run("param token --secret") == .success)
        #expect(scene.session.variables["token"] == "SECRET-typed")
        #expect(await scene.run("use service --header \"Authorization: Bearer $token\"") == .success)
        #expect(await scene.run("echo $token") == .mistake)
        #expect(await scene.run("set x = $token") == .mistake)
        #expect(!(scene.data + scene.talk).contains("SECRET"))
    }

    @Test("keep their value where a script declares them again")
    func again() async throws {
        let scene = try Scene()
        scene.session.variables["token"] = "SECRET-given"
        #expect(await scene.run("param token --secret; param token; param token = other") == .success)
        #expect(scene.session.variables["token"] == "SECRET-typed")
        #expect(!(scene.data + scene.talk).contains("SECRET"))
    }

    @Test("are masked wherever they would be written", arguments: [Output.Format.text, .json])
    func masking(format: Output.Format) async throws {
        let scene = try Scene(format: format)
        _ = await scene.run("param token --secret; use service --header 'X-Key: SEC\"RET'")
        _ = await scene.run("echo SECRET-typed 'a SEC\"RET b' http://me:SEC%22RET@host/ 'say \"https://a:RET@b\"'")
        _ = await scene.run("use pv SECRET-typed || use pv /SEC\\\"RET || echo none")
        #expect(!(scene.data + scene.talk).contains("RET"), "\(scene.data)\(scene.talk)")
        let echoed = "*** a *** b http://***@host/ say \"https://***@b\""
        switch format {
        case .text: #expect(scene.data.contains(echoed))
        case .json:
            let objects = try scene.data.split(separator: "\n").map { line in
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            }
            #expect(objects.contains { $0?["text"] as? String == echoed })
        }
    }

    @Test("what a snapshot holds is shown as it is")
    func content() async throws {
        let scene = try Scene(format: .json)
        scene.session.output.content("http://me:pass@host", json: [["value": "http://me:pass@host"]])
        #expect(scene.data == "{\"value\":\"http://me:pass@host\"}\n")
    }

    @Test("the language hides the value of every secret option")
    func options() {
        for command in Sources.commands.all {
            for option in command.options where option.value?.kind.isSecret == true {
                #expect(
                    Sources.commands.secretLine.masking("x --\(option.name) abc") == "x --\(option.name) ***",
                    "\(command.name)"
                )
            }
        }
    }

    @Test("a URL with a password or a signature is a finding that does not show it")
    func urls() {
        for url in ["http://me:SECRET@host", "https://host?X-Amz-Signature=SECRET", "me:SECRET@host"] {
            for text in ["use service \(url)", "use s3 b --endpoint \(url)", "param u = \(url); use service $u"] {
                let found = Checker.check(SourceFile(name: "t", text: text), CheckContext(Sources.dependencies))
                    .findings
                #expect(found.count == 1)
                #expect(found.first?.message.hasPrefix("a URL can't hold a password or a signature here") == true)
                #expect(
                    !found.map { FailureMessage($0, Sources.commands).text(showingPlace: true) }.joined().contains(
                        "SECRET"
                    ),
                    "\(found)"
                )
            }
        }
    }
}
