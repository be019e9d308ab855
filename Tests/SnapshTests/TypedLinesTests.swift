import Backups
import Shell
import Terminal
import TestSupport
import Testing

@testable import snapsh

@Suite("The lines typed in a drill", .ownThread)
@MainActor
struct TypedLinesTests {
    private static let path = ".local/state/snapsh/history"

    private func text(_ folder: TemporaryFolder) throws -> String {
        String(decoding: try folder.read(Self.path), as: UTF8.self)
    }

    @Test("are kept in the drill's own home, and the real ones come back after it")
    func apart() async throws {
        let (real, drill) = (try TemporaryFolder(), try TemporaryFolder())
        try real.write("use s3 prod-backups\n".utf8, to: Self.path)
        let output = Output()
        let dependencies = ShellDependencies(sources: SourceRegistry.all, serve: { _, _, _, _, _ in 0 })
        let session = Session(dependencies: dependencies, output: output)
        let typed = await TypedLines(HistoryFile(path: real.path(Self.path)), output)
        #expect(typed.lines == ["use s3 prod-backups"])
        #expect(await !typed.follow(session))
        await typed.remember("drill start service-gone")

        let world = ClosedWorld(name: "service-gone", folder: drill.path, home: drill.path)
        try await session.enter(world, folder: ".")
        #expect(await typed.follow(session))
        #expect(typed.lines == [])
        await typed.remember("use s3 my-backups")
        #expect(await !typed.follow(session))
        #expect(typed.lines == ["use s3 my-backups"])
        #expect(try text(drill) == "use s3 my-backups\n")

        await session.leave()
        #expect(await typed.follow(session))
        #expect(typed.lines == ["use s3 prod-backups", "drill start service-gone"])
        await typed.remember("ls")
        #expect(try text(real) == "use s3 prod-backups\ndrill start service-gone\nls\n")

        try await session.enter(world, folder: ".")
        #expect(await typed.follow(session))
        #expect(typed.lines == ["use s3 my-backups"])
        await session.leave()
    }
}
