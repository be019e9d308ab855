import Foundation
import Synchronization
import TestSupport
import Testing

/// A `get` from a bucket that ends too early, and the next one.
@Suite(.ownThread) struct ResumedGetTests {
    private static let listening = ["env", "--default-signal=INT,TERM,HUP"]
    private let workplace: BucketWorkplace
    private let bytes: [UInt8]

    init() throws {
        workplace = try BucketWorkplace()
        bytes = try LargeSnapshot.bytes(count: 40 << 20)
    }

    /// A server of which nothing comes behind the first 16 MiB until it is told to let it.
    private func server(_ isOpen: Flag) throws -> OneObjectServer {
        try OneObjectServer(bytes) { range in
            range.lowerBound < 16 << 20 || isOpen.isSet ? nil : .silence
        }
    }

    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock(\.self) }
        func set() { value.withLock { $0 = true } }
    }

    private func partialByteCount() -> Int64 {
        var status = stat()
        return stat(workplace.program.folder.path(".out.db.part"), &status) == 0 ? Int64(status.st_blocks) * 512 : 0
    }

    @Test func whatHasComeIsKeptAndTheNextGetGoesOn() throws {
        let isOpen = Flag()
        let server = try server(isOpen)
        let running = try workplace.program.start(
            ["-c", "\(server.pick); get out.db"],
            prefix: Self.listening,
            environment: workplace.environment
        )
        try #require(running.wait { partialByteCount() >= 16 << 20 })
        running.send(SIGINT)
        let broken = try running.wait()
        expectFailure(broken, 130, says: "interrupted")
        #expect(
            broken.talk.contains("MiB of 40.0 MiB are kept in .out.db.part; run the same 'get' again to resume"),
            "\(broken.talk)"
        )
        #expect(try workplace.program.folder.names().contains(".out.db.part"))

        isOpen.set()
        // A dry run says how much of it is there, and leaves it as it is.
        let dry = try workplace.program.run(
            ["--dry-run", "-c", "\(server.pick); get out.db"],
            environment: workplace.environment
        )
        #expect(dry.exitCode == 0, "\(dry.talk)")
        #expect(dry.output.contains("\n  resumed  16.0 MiB of an earlier download\n"), "\(dry.output)")
        #expect(dry.output.contains("\n  space    24.0 MiB needed, "), "\(dry.output)")

        let before = server.ranges.count
        let outcome = try workplace.run("\(server.pick); get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("resuming an earlier download: 16.0 MiB of 40.0 MiB"))
        // Besides its first bytes, which show whether it is packed.
        #expect(server.ranges[before...].allSatisfy { $0.lowerBound >= 16 << 20 || $0.upperBound <= 1024 })
        #expect(try workplace.program.folder.read("out.db") == bytes)
        #expect(try !workplace.program.folder.names().contains(".out.db.part"))
    }

    @Test func whatAKilledGetLeavesIsGoneOnWith() throws {
        let isOpen = Flag()
        let server = try server(isOpen)
        let running = try workplace.program.start(
            ["-c", "\(server.pick); get out.db"],
            environment: workplace.environment
        )
        // What has come is noted every now and then.
        let part = workplace.program.folder.path(".out.db.part")
        try #require(
            running.wait {
                var status = stat()
                return stat(part, &status) == 0 && status.st_size > bytes.count
            }
        )
        running.send(SIGKILL)
        _ = try running.wait()
        isOpen.set()
        let outcome = try workplace.run("\(server.pick); get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        // What is noted is never far behind what is there.
        #expect(
            outcome.talk.contains(
                /resuming an earlier download: (8|9|1[0-6])\.[0-9] MiB of 40\.0 MiB/
            )
        )
        #expect(try workplace.program.folder.read("out.db") == bytes)
    }

    @Test func ofWhatGzipHasCompressedTheCompressedBytesAreResumed() throws {
        let snapshot = try LargeSnapshot.bytes(count: 40 << 20, isIncompressible: true)
        let encoded = try GzipTool.gzip(snapshot)
        let isOpen = Flag()
        let server = try OneObjectServer(encoded, plainName: "monday.db.gz") { range in
            range.lowerBound < 16 << 20 || isOpen.isSet ? nil : .silence
        }
        let running = try workplace.program.start(
            ["-c", "\(server.pick); get"],
            prefix: Self.listening,
            environment: workplace.environment
        )
        let folder = workplace.program.folder
        let part = folder.path(".monday.db.part")
        try #require(
            running.wait {
                var status = stat()
                return stat(part, &status) == 0 && Int64(status.st_blocks) * 512 >= 16 << 20
            }
        )
        running.send(SIGINT)
        expectFailure(try running.wait(), 130, says: "interrupted")
        #expect(try folder.names() == [".monday.db.part"])

        isOpen.set()
        let before = server.ranges.count
        let outcome = try workplace.run("\(server.pick); get")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("resuming an earlier download: 16.0 MiB of 40.0 MiB"), "\(outcome.talk)")
        // Besides its first bytes, which show whether it is packed.
        #expect(server.ranges[before...].allSatisfy { $0.lowerBound >= 16 << 20 || $0.upperBound <= 1024 })
        #expect(try folder.read("monday.db") == snapshot)
        #expect(try folder.names() == ["monday.db"])
    }

    @Test func aWrongTagInTheMiddleEndsItAndNothingIsKept() throws {
        let bytes = bytes
        let server = try OneObjectServer(bytes) { range in
            range.lowerBound == 0 ? nil : OneObjectServer.part(of: bytes, range, tag: "two")
        }
        let outcome = try workplace.run("\(server.pick); get out.db")
        expectFailure(outcome, 1, says: "it changed since it was listed")
        #expect(outcome.talk.contains("hint: pick it again"))
        #expect(try !workplace.program.folder.names().contains { $0.contains("out.db") })
    }

    @Test func aBackupThatWentAwayIsNotFoundAndNothingIsKept() throws {
        let server = try OneObjectServer(bytes) { _ in
            .init(404, body: Array("<Error><Code>NoSuchKey</Code><Message>Gone.</Message></Error>".utf8))
        }
        let outcome = try workplace.run("\(server.pick); get out.db")
        expectFailure(outcome, 4, says: "cannot find v1/foo/\(OneObjectServer.name)")
        #expect(try !workplace.program.folder.names().contains { $0.contains("out.db") })
    }

    @Test func aPermissionThatIsWithdrawnEndsItAndWhatCameIsKept() throws {
        let server = try OneObjectServer(bytes) { range in
            range.lowerBound < 16 << 20 ? nil : .init(403, body: Array("<Error><Code>AccessDenied</Code></Error>".utf8))
        }
        let outcome = try workplace.run("\(server.pick); get out.db")
        expectFailure(outcome, 6, says: "access denied")
        #expect(try outcome.talk.contains("are kept") == workplace.program.folder.names().contains(".out.db.part"))
    }
}
