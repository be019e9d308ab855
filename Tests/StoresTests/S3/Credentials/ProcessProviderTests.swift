import Foundation
import TestSupport
import Testing

@testable import S3Store

@Suite("A credential_process")
struct ProcessProviderTests {
    private func world(_ command: String) throws -> AWSWorld {
        try AWSWorld(config: "[default]\nregion = x\ncredential_process = \(command)\n")
    }

    @Test("gives credentials as JSON, with the environment that snapsh has")
    func credentials() async throws {
        let json =
            #"{"Version":1,"AccessKeyId":"'"$NAME"'","SecretAccessKey":"SECRET","#
            + #""SessionToken":"tokenSECRET","Expiration":"2026-01-31T09:00:00.123Z"}"#
        let script = "#!/bin/sh\ncat\necho warning >&2\necho '\(json)'\n"
        let world = try world("sh '~'")
        let file = try world.folder.write(script.utf8, to: "a helper")
        try world.folder.write("[default]\ncredential_process = sh '\(file)'".utf8, to: ".aws/config")
        let found = try await world.resolve(["NAME": "ASIAX"])
        #expect(found.provider == "the credential_process of profile 'default'")
        #expect(found.credentials.accessKeyID == "ASIAX")
        #expect(found.credentials.secretAccessKey == "SECRET")
        #expect(found.credentials.sessionToken == "tokenSECRET")
        let expiration = try #require(found.credentials.expiration)
        #expect(abs(expiration.timeIntervalSince(AWSWorld.now) - 3600.123) < 0.01)
    }

    @Test("goes behind the credentials file's keys and before the config file's")
    func order() async throws {
        let keys = "aws_access_key_id = A\naws_secret_access_key = B\n"
        let command = #"credential_process = printf '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"S"}'"#
        let world = try AWSWorld(config: "[default]\n\(keys)\(command)")
        let found = try await world.resolve()
        #expect(found.credentials == Credentials(accessKeyID: "P", secretAccessKey: "S"))
        try world.folder.write("[default]\n\(keys)".utf8, to: ".aws/credentials")
        #expect(try await world.resolve().credentials.accessKeyID == "A")
    }

    @Test("is split into words as a shell does it, and no shell is run")
    func words() async throws {
        let world = try world(
            #"printf '%s' '{"Version":1,' "\"AccessKeyId\":\"$HOME;\"," \"SecretAccessKey\":\"a\ "b\\\\c"\"}"#
        )
        let found = try await world.resolve()
        #expect(found.credentials == Credentials(accessKeyID: "$HOME;", secretAccessKey: #"a b\c"#))
    }

    @Test(
        "ends the chain where it does not work",
        arguments: [
            ("sh -c 'exit 3'", "sh ended with exit code 3"),
            ("sh -c 'kill -9 $$'", "sh ended with exit code 137"),
            ("sh -c 'echo no session >&2; echo; echo SECRET; exit 1'", "sh ended with exit code 1: no session"),
            (
                "sh -c 'echo key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY >&2; exit 1' SECRET",
                "sh ended with exit code 1: key ***"
            ),
            ("/nowhere/helper SECRET", "cannot run /nowhere/helper: no such file or directory"),
            ("'open", "it has a quote that is not closed"),
            ("echo SECRET", "echo returned no credentials in JSON"),
            ("echo '{\"AccessKeyId\":\"SECRET\"}'", "echo printed no credentials of Version 1"),
            ("echo '{\"Version\":2}'", "echo printed no credentials of Version 1"),
            ("echo '{\"Version\":1,\"AccessKeyId\":\"A\"}'", "echo returned no AccessKeyId or no SecretAccessKey"),
            (
                "echo '{\"Version\":1,\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"SECRET\",\"Expiration\":\"soon\"}'",
                "echo returned an Expiration that is not a time"
            ),
        ]
    )
    func broken(command: String, reason: String) async throws {
        let error = try await world(command).failure()
        #expect(error.last == reason)
        #expect(error.isBroken)
    }

    @Test("may write more than a pipe holds", .timeLimit(.minutes(1)))
    func muchOutput() async throws {
        let error = try await world("sh -c 'head -c 300000 /dev/zero | tr \"\\\\0\" x | tee /dev/stderr'").failure()
        #expect(error.last == "sh returned no credentials in JSON")
    }

    @Test("may not take for ever, even where it never stops to write", .timeLimit(.minutes(1)))
    func timeLimit() async throws {
        let world = try world("yes SECRET")
        var context = world.context
        context.processTimeLimit = .seconds(1)
        let chain = CredentialChain(try world.configuration(), context: context)
        let error = try await #require(throws: CredentialError.self) { try await chain.resolve() }
        #expect(error.last == "yes took longer than 1 s")
    }

    @Test("may not take for ever where it has closed its output", .timeLimit(.minutes(1)))
    func timeLimitWithoutOutput() async throws {
        let world = try world("sh -c 'exec sleep 1000 >&- 2>&-'")
        var context = world.context
        context.processTimeLimit = .milliseconds(300)
        let chain = CredentialChain(try world.configuration(), context: context)
        let error = try await #require(throws: CredentialError.self) { try await chain.resolve() }
        #expect(error.last.hasPrefix("sh took longer than "))
    }

    @Test("is not waited for by what it started, which keeps its output open", .timeLimit(.minutes(1)))
    func outputKeptOpen() async throws {
        let json = #"{\"Version\":1,\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"B\"}"#
        let found = try await world(#"sh -c "sleep 100 & echo '\#(json)'; echo $! >&2""#).resolve()
        #expect(found.credentials == Credentials(accessKeyID: "A", secretAccessKey: "B"))
    }

    @Test("gets no open file of the program that starts it")
    func openFiles() async throws {
        let file = open("/dev/null", O_RDONLY)
        // Not closed by exec(2), as long as nothing sees to it.
        let copy = fcntl(file, F_DUPFD, 217)
        defer { for descriptor in [file, copy] { close(descriptor) } }
        try #require(copy >= 217)
        let error = try await world("sh -c 'ls /proc/self/fd >&2; exit 1'").failure()
        let numbers = error.last.split(whereSeparator: { !$0.isNumber }).compactMap { Int32($0) }
        #expect(numbers.contains(2) && !numbers.contains(copy) && !numbers.contains(file), "\(error.last)")
    }

    @Test("runs also where a variable has a name that no shell could read")
    func oddVariables() async throws {
        let command = #"printf '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"S"}'"#
        #expect(try await world(command).resolve(["1X": "y", "": "z"]).credentials.accessKeyID == "P")
    }

    @Test("is killed with what it started when its task is cancelled", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let folder = try TemporaryFolder()
        let world = try world(
            "sh -c 'sleep 1000 & echo $! > \(folder.path)/child; mv \(folder.path)/child \(folder.path)/up; wait'"
        )
        let chain = try world.chain()
        let task = Task { try await chain.resolve() }
        try await eventually("the program runs") { folder.exists("up") }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let text = String(decoding: try folder.read("up"), as: UTF8.self)
        let child = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // It is gone, or waits as a zombie for whoever reaps orphans.
        try await eventually("what it started is gone") {
            let status = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
            return ["Z", nil].contains(status.split(separator: " ").dropFirst(2).first)
        }
    }
}
