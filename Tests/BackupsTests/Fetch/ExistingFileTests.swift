import Backups
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A file that stands under a download's destination")
struct ExistingFileTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("early.db")
        try folder.write(snapshot, to: "out.db")
    }

    private func existing(beforeRead: @escaping @Sendable () throws -> Void = {}) async throws -> DownloadedFile? {
        let source = try OneBackup(snapshot, beforeRead: beforeRead)
        return try await Download(destination: folder.path("out.db")).existing(source.backup, from: source)
    }

    @Test("is the backup where its bytes are")
    func same() async throws {
        let file = try #require(try await existing())
        #expect(file.origin == .thereByContent)
        #expect(file.byteCount == Int64(snapshot.count) && file.revision.value == 9)
        #expect(file.path == folder.path("out.db") && !file.sha256.isEmpty)
    }

    @Test("is not there where nothing is, or something else")
    func nothing() async throws {
        let source = try OneBackup(snapshot)
        for name in ["none.db", "none/out.db", "", String(repeating: "x", count: 300)] {
            let download = Download(destination: folder.path(name))
            #expect(try await download.existing(source.backup, from: source) == nil)
        }
        let pipe = folder.path("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        for path in [pipe, folder.path(".")] {
            await #expect(throws: DownloadError.destinationExists(path: path, .notRegular)) {
                try await Download(destination: path).existing(source.backup, from: source)
            }
        }
    }

    @Test("is not proven where somebody changes it meanwhile")
    func changes() async throws {
        let path = folder.path("out.db")
        let changes: [(isGone: Bool, run: @Sendable () throws -> Void)] = [
            // The same bytes, written again.
            (false, { [snapshot] in try Data(snapshot).write(to: URL(fileURLWithPath: path)) }),
            // Other bytes in the same file.
            (
                false,
                {
                    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
                    try file.seek(toOffset: 9000)
                    try file.write(contentsOf: Data([1]))
                    try file.close()
                }
            ),
            (true, { try FileManager.default.removeItem(atPath: path) }),
            (true, { try FileManager.default.moveItem(atPath: path, toPath: path + ".moved") }),
        ]
        for change in changes {
            unlink(path)
            try folder.write(snapshot, to: "out.db")
            // Else a change may come within the tick of the clock that the file was written in.
            utimensat(
                AT_FDCWD,
                path,
                [timespec(tv_sec: 1_000_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000_000, tv_nsec: 0)],
                0
            )
            if change.isGone {
                #expect(try await existing(beforeRead: change.run) == nil)
            } else {
                await #expect(throws: DownloadError.self) { try await existing(beforeRead: change.run) }
            }
        }
    }

    @Test("is not proven by a source that can't be read; one that is out of reach is a failure")
    func unreadable() async throws {
        for failure in [StoreError.notFound("gone"), .changed("other")] {
            let difference = ExistingFileDifference.backupUnreadable(reason: failure.description)
            await #expect(throws: DownloadError.destinationExists(path: folder.path("out.db"), difference)) {
                try await existing { throw failure }
            }
        }
        await #expect(throws: StoreError.self) {
            try await existing { throw StoreError.interrupted("away", reason: "no connection") }
        }
    }
}
