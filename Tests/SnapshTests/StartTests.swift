import Foundation
import TestSupport
import Testing

/// A start is quick where it brings nothing into being that the script does not need.
@Suite("The start", .ownThread)
struct StartTests {
    @Test("takes no thread for a short script, but for the one that waits for signals")
    func threads() throws {
        let program = try Program()
        // The pipe is full before the script's only line is written: the program waits there.
        let running = try program.start(
            ["-c", "echo \(String(repeating: "x", count: 100_000))"],
            prefix: Program.shell("mkfifo full; exec 3<>full; exec \"$@\" >full")
        )
        let process = "/proc/\(running.process.processIdentifier)"
        var looks = 0
        let isWaiting = running.wait {
            let status = (try? String(contentsOfFile: "\(process)/stat", encoding: .utf8)) ?? ""
            looks = status.contains(" (snapsh) S ") ? looks + 1 : 0
            return looks == 500
        }
        #expect(isWaiting)
        let threads = try FileManager.default.contentsOfDirectory(atPath: "\(process)/task")
        #expect(threads.count <= 2)
        running.send(SIGKILL)
        #expect(try running.wait().exitCode == 128 + SIGKILL)
    }
}
