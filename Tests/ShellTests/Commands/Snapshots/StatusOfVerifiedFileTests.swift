import Glibc
import TestSupport
import Testing

@testable import Shell

@Suite("The status of a file that was verified")
@MainActor
struct StatusOfVerifiedFileTests {
    @Test("calls it verified until it changes")
    func changed() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let scene = try Scene()
        func status() async -> Substring {
            let before = scene.data
            #expect(await scene.run("status \(path)") == .success)
            return scene.data.dropFirst(before.count)
        }
        #expect(await status().hasPrefix("\(path), which was not verified"))
        #expect(await scene.run("verify \(path)") == .success)
        #expect(await status().hasPrefix("\(path), verified in this session and unchanged since\n"))
        // The same size, and the time that it had before.
        var times = stat()
        try #require(stat(path, &times) == 0)
        try folder.write(Fixture.snapshot("tombstone.db"), to: "out.db")
        try #require(utimensat(AT_FDCWD, path, [times.st_atim, times.st_mtim], 0) == 0)
        #expect(await status().hasPrefix("\(path), which was not verified"))
    }
}
