import Backups
import Dispatch
import Foundation
import Glibc
import Snapshot
import Synchronization
import TestSupport
import Testing

@Suite("A download", .ownThread)
struct DownloadTests {
    private struct Broken: Error {}
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("early.db")
    }

    private func one(
        _ bytes: [UInt8],
        claimedByteCount: Int64? = nil,
        beforePiece: @escaping @Sendable (_ offset: Int64) async throws -> Void = { _ in }
    ) throws -> OneBackup {
        try OneBackup(
            bytes,
            claimedByteCount: claimedByteCount,
            pieceByteCount: 5000,
            beforePiece: beforePiece
        )
    }

    @Test("goes on while its caller's actor waits for a terminal that is stopped")
    @MainActor
    func heldActor() async throws {
        let isPublished = DispatchSemaphore(value: 0)
        let source = try one(snapshot) { start in
            guard start == 0 else { return }
            let isHeld = DispatchSemaphore(value: 0)
            Task { @MainActor in Self.hold(isHeld, until: isPublished) }
            guard Self.wait(for: isHeld) else { throw Broken() }
        }
        let path = folder.path("out.db")
        DispatchQueue.global().async {
            for _ in 0..<2000 where access(path, F_OK) != 0 { usleep(10_000) }
            if access(path, F_OK) == 0 { isPublished.signal() }
        }
        _ = try await run(source)
    }

    @MainActor
    private static func hold(_ isHeld: DispatchSemaphore, until isReleased: DispatchSemaphore) {
        isHeld.signal()
        #expect(wait(for: isReleased))
    }

    private static func wait(for semaphore: DispatchSemaphore) -> Bool {
        semaphore.wait(timeout: .now() + 20) == .success
    }

    private func run(
        _ source: OneBackup,
        to name: String = "out.db",
        force: Bool = false,
        keep: Bool = false
    ) async throws -> DownloadedFile {
        let download = Download(destination: folder.path(name), replacesExisting: force, keepsUnverified: keep)
        return try await download.run(source.backup, from: source)
    }

    @Test("gives its name to no other file that took the place of the hidden one", arguments: [false, true])
    func otherHiddenFile(force: Bool) async throws {
        let hidden = folder.path(".out.db.part")
        let source = try one(snapshot) { start in
            guard start == 0 else { return }
            unlink(hidden)
            try Data("theirs".utf8).write(to: URL(fileURLWithPath: hidden))
        }
        let error = await #expect(throws: DownloadError.self) { try await run(source, force: force) }
        #expect("\(try #require(error))".contains("another program took the place of"))
        #expect(!folder.exists("out.db"))
    }

    @Test("gives a sound snapshot its name, for its owner only, and tells its SHA-256")
    func sound() async throws {
        let file = try await run(one(snapshot))
        let expected = try #require(try Fixture.expectedSnapshots().first { $0.file == "early.db" })
        #expect(file.sha256 == expected.sha256)
        #expect(file.byteCount == expected.byteCount)
        #expect(try folder.names() == ["out.db"])
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.mode(of: "out.db") == 0o600)
    }

    @Test("is hidden, and tells how far it is, until it is whole")
    func hidden() async throws {
        let progress = Mutex<[Int64]>([])
        let source = try one(snapshot) { [folder] start in
            if start > 0 { try #expect(folder.names() == [".out.db.part"]) }
        }
        let download = Download(destination: folder.path("out.db"))
        _ = try await download.run(
            source.backup,
            from: source,
            onProgress: { count in progress.withLock { $0.append(count) } }
        )
        #expect(progress.withLock { $0 } == [5000, 10000, 15000, 20000, 20512])
    }

    @Test("leaves nothing behind when the source breaks off")
    func brokenSource() async throws {
        await #expect(throws: Broken.self) {
            try await run(one(snapshot) { if $0 > 9000 { throw Broken() } })
        }
        #expect(try folder.names().isEmpty)
    }

    @Test("leaves nothing behind when it is cancelled")
    func cancelled() async throws {
        let source = try one(snapshot) { start in
            if start > 9000 { withUnsafeCurrentTask { $0?.cancel() } }
            try Task.checkCancellation()
        }
        let task = Task { try await run(source) }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try folder.names().isEmpty)
    }

    @Test("refuses what is not sound, and keeps it only where that is asked for")
    func unsound() async throws {
        var altered = snapshot
        altered[9000] ^= 1
        for keep in [false, true] {
            let error = await #expect(throws: DownloadError.self) {
                try await run(one(altered), keep: keep)
            }
            guard case .unsound(_, .wrongTrailer, let keptAs) = error else {
                Issue.record("thrown: \(String(describing: error))")
                return
            }
            #expect(error?.category == .unsound)
            #expect(keptAs == (keep ? folder.path("out.db.unverified") : nil))
            #expect(try folder.names() == (keep ? ["out.db.unverified"] : []))
        }
        #expect(try folder.read("out.db.unverified") == altered)
    }

    @Test("never replaces a file, unless it is told to, and then only by a sound one")
    func existing() async throws {
        try folder.write([1, 2, 3], to: "out.db")
        let source = try one(snapshot)
        await #expect(throws: DownloadError.destinationExists(path: folder.path("out.db"))) { try await run(source) }
        #expect(try folder.read("out.db") == [1, 2, 3])

        await #expect(throws: DownloadError.self) { try await run(one([9]), force: true) }
        #expect(try folder.read("out.db") == [1, 2, 3])

        _ = try await run(source, force: true)
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("does not replace a file that comes up while it is on its way")
    func existingMeanwhile() async throws {
        let source = try one(snapshot) { [folder] start in
            if start > 0 { try folder.write([1], to: "out.db") }
        }
        await #expect(throws: DownloadError.destinationExists(path: folder.path("out.db"))) { try await run(source) }
        #expect(try folder.names() == ["out.db"])
        #expect(try folder.read("out.db") == [1])
    }

    @Test("starts over what an earlier one had left, and says so")
    func leftover() async throws {
        try folder.write([UInt8](repeating: 7, count: 50_000), to: ".out.db.part")
        let source = try one(snapshot)
        let events = Mutex<[DownloadEvent]>([])
        _ = try await Download(destination: folder.path("out.db")).run(source.backup, from: source) { event in
            events.withLock { $0.append(event) }
        }
        #expect(events.withLock { $0 } == [.startedOver(.leftover)])
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("does not write through a link in the partial file's place")
    func linkedPartial() async throws {
        try folder.write([1], to: "victim")
        try folder.link(".out.db.part", to: "victim")
        await #expect(throws: DownloadError.self) { try await run(one(snapshot)) }
        #expect(try folder.read("victim") == [1])
    }

    @Test("two at once: the second one is told to wait")
    func busy() async throws {
        let source = try one(snapshot) { start in
            guard start == 5000 else { return }
            let path = folder.path("out.db")
            await #expect(throws: DownloadError.busy(path: path)) { try await run(one(snapshot)) }
        }
        _ = try await run(source)
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("an empty file is refused as empty")
    func empty() async throws {
        let error = await #expect(throws: DownloadError.self) { try await run(one([])) }
        #expect(error?.description == "cannot accept 3.4.23_0000000000000009_etcd.backup: it is empty (0 bytes)")
        #expect(try folder.names().isEmpty)
    }

    @Test(
        "says what is wrong with a destination",
        arguments: [
            ("missing/out.db", "cannot write into the folder FOLDER/missing: no such file or directory"),
            ("file/out.db", "cannot write into the folder FOLDER/file: not a directory"),
            ("..", "cannot write FOLDER/..: that is not a file's name"),
            (String(repeating: "x", count: 255), "file name too long"),
        ]
    )
    func destinations(name: String, message: String) async throws {
        try folder.write([1], to: "file")
        let error = await #expect(throws: DownloadError.self) { try await run(one(snapshot), to: name) }
        let shown = try #require(error).description.replacing(folder.path, with: "FOLDER")
        #expect(shown == message || shown.hasSuffix(message))
        #expect(try folder.names() == ["file"])
    }

    @Test("is refused before it begins where the disk has no room")
    func noSpace() async throws {
        let error = await #expect(throws: DownloadError.self) {
            try await run(one(snapshot, claimedByteCount: 1 << 60))
        }
        guard case .noSpace(_, 1 << 60, let free) = error else {
            Issue.record("thrown: \(String(describing: error))")
            return
        }
        #expect(free > 0 && error?.category == .failed)
        #expect(try folder.names().isEmpty)
    }
}
