import Foundation
import Synchronization
import Testing

@testable import TestSupport

@Suite(.ownThread) struct ServerProcessTests {
    /// Between the choice of a port and the server's start, another program may take it.
    @Test func takesAnotherPortWhereTheFirstIsTaken() throws {
        let folder = try TemporaryFolder()
        let tool = try PinnedTool.path("rclone")
        let asked = Mutex<[UInt16]>([])
        let (thief, stolen) = try Loopback.bind()
        defer { close(thief) }
        listen(thief, 1)
        let server = try ServerProcess("rclone") { port in
            let isFirst = asked.withLock { asked in
                asked.append(port)
                return asked.count == 1
            }
            return [tool, "serve", "s3", folder.path, "--addr", "127.0.0.1:\(isFirst ? stolen : port)"]
        }
        #expect(asked.withLock { $0.last } == server.port)
        #expect(asked.withLock { $0.count } == 2)
    }

    @Test func tellsWhatAServerSaidThatDidNotStart() throws {
        let failure = try #require(throws: PartFailure.self) {
            try ServerProcess("sh") { _ in ["sh", "-c", "echo no such thing >&2; exit 3"] }
        }
        #expect(failure.description.contains("it ended (exit(3))"))
        #expect(failure.description.hasSuffix("no such thing\n"))
    }

    @Test func tellsOfAToolThatIsNotThere() throws {
        let failure = try #require(throws: PartFailure.self) {
            try ServerProcess("nothing") { _ in ["/nonexistent/nothing"] }
        }
        #expect(failure.description.contains("scripts/setup --for test"))
    }

    @Test func aToolHasAHomeOfItsOwnThatGoesWithIt() throws {
        var process: ChildProcess? = try ChildProcess(["sh", "-c", "mkdir $HOME/.config && echo $HOME"])
        #expect(process?.waitForEnd() == .exit(0))
        let home = try #require(process?.said()).trimmingCharacters(in: .newlines)
        #expect(home.hasPrefix(NSTemporaryDirectory()))
        #expect(FileManager.default.fileExists(atPath: "\(home)/.config"))
        process = nil
        #expect(!FileManager.default.fileExists(atPath: home))
    }

    @Test func endsWithItsObject() throws {
        var process: ChildProcess? = try ChildProcess(["sleep", "1000"])
        let id = try #require(process?.id)
        #expect(kill(id, 0) == 0)
        process = nil
        #expect(kill(id, 0) == -1)
    }
}
