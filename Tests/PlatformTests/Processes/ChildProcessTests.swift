import Files
import Foundation
import Glibc
import Processes
import Testing

@Suite("A child process")
struct ChildProcessTests {
    private func run(
        _ script: String,
        environment: [String: String] = [:],
        timeLimit: Duration = .seconds(60)
    ) async throws -> ChildProcess.Outcome? {
        try await ChildProcess.run(["/bin/sh", "-c", script], environment: environment, timeLimit: timeLimit)
    }

    @Test("gives its output, its errors, and its exit code as sh counts")
    func outcome() async throws {
        let ended = try #require(await run("printf out; printf err >&2; exit 7"))
        #expect(String(decoding: ended.output, as: UTF8.self) == "out")
        #expect(String(decoding: ended.errors, as: UTF8.self) == "err")
        #expect(ended.exitCode == 7)
        #expect(try await run("kill -TERM $$")?.exitCode == 128 + SIGTERM)
    }

    @Test("has the environment that it is given and no other, and nothing to read")
    func surroundings() async throws {
        let ended = try #require(await run("cat; echo \"$X ${HOME:-none}\"", environment: ["X": "1", "0bad": "2"]))
        #expect(String(decoding: ended.output, as: UTF8.self) == "1 none\n")
    }

    @Test("is read to its end, however much it writes; the first 64 KiB of each stream are kept")
    func longOutput() async throws {
        let ended = try #require(await run("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2; exit 3"))
        #expect((ended.output.count, ended.errors.count, ended.exitCode) == (64 << 10, 64 << 10, 3))
    }

    @Test("that takes too long is killed, with what it started")
    func timeLimit() async throws {
        let file = NSTemporaryDirectory() + "snapsh-child-\(UUID().uuidString)"
        defer { unlink(file) }
        let script = "sleep 300 & echo $! > '\(file)'; wait"
        #expect(try await run(script, timeLimit: .seconds(3)) == nil)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let child = try #require(pid_t(text.filter(\.isNumber)))
        // The system may take a moment.
        let end = ContinuousClock.now + .seconds(30)
        while Self.isRunning(child), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!Self.isRunning(child))
    }

    /// Whether it runs: one that has ended may wait for whoever inherited it.
    private static func isRunning(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return status.split(separator: ") ").last?.hasPrefix("Z") == false
    }

    @Test("that does not exist is an error of the system")
    func missing() async {
        for program in ["/no/such/program", "no-such-program-at-all"] {
            let error = await #expect(throws: SystemError.self) {
                try await ChildProcess.run([program], environment: [:], timeLimit: .seconds(60))
            }
            #expect(error?.code == ENOENT)
        }
    }

    @Test("ends when its task is cancelled")
    func cancellation() async {
        let task = Task { try await run("sleep 300") }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
