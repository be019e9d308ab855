import Backups
import Blocking
import Drills
import Files
import FoundationEssentials
import Text

/// A drill's world with nobody in it: built, served, and left without a trace. Scripts are run in it as a learner would
/// run them, each in a process of its own.
@MainActor
struct UnattendedDrill {
    let file: DrillFile
    let seed: Seed
    let session: Session

    /// Builds the world, lets `body` use it, and removes it.
    ///
    /// - Throws: What building or `body` throws, `DrillError.leftBehind`.
    func inWorld<Value: Sendable>(_ body: @MainActor (UnattendedWorld) async throws -> Value) async throws -> Value {
        let dependencies = try session.drillDependencies()
        let (sandbox, lock) = try await SandboxBuilding(
            file,
            in: dependencies.folder,
            seed: seed,
            start: session.dependencies.now()
        ).build()
        let drill: DrillSession
        do {
            drill = try await DrillSession(sandbox, lock: lock, session)
        } catch {
            try await remove(sandbox, dependencies)
            throw error
        }
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(UnattendedWorld(drill: drill, session: session)))
        } catch {
            result = .failure(error)
        }
        await drill.close()
        try await remove(sandbox, dependencies)
        _ = lock
        let value = try result.get()
        try await requireNothing(leftOf: drill)
        return value
    }

    /// - Throws: `DrillError.leftBehind`.
    private func requireNothing(leftOf drill: DrillSession) async throws {
        let sandbox = drill.sandbox
        if try await BlockingWork.run(at: Place(folderOf: sandbox.folder), { FileMark(path: sandbox.folder) != nil }) {
            throw DrillError.leftBehind("the folder \(sandbox.folder)")
        }
        for port in drill.ports.values.sorted() {
            let address = HostAndPort(host: "127.0.0.1", port: UInt16(clamping: port))
            if try await address.acceptsConnections(in: nil) {
                throw DrillError.leftBehind("a server at \(address)")
            }
        }
    }

    private func remove(_ sandbox: Sandbox, _ dependencies: DrillDependencies) async throws {
        // Also after Ctrl-C.
        try await Task {
            try await BlockingWork.run(at: Place(folder: dependencies.folder.path)) {
                try dependencies.folder.remove(sandbox, keepingWorkAs: nil)
            }
        }.value
    }
}

/// A world that is served, for scripts.
@MainActor
struct UnattendedWorld {
    let drill: DrillSession
    let session: Session

    func check() async throws -> CheckedWorld { try await drill.check(session) }

    /// Runs a script of the shell's language in `work`, up to its first failure. Lines that begin with `!`, which only
    /// a prompt takes, are run by the system's shell in between.
    func run(_ lines: [String]) async throws -> ProgramResult {
        var last = ProgramResult(exitCode: 0, output: "", errors: "")
        for part in Self.parts(of: lines) where last.exitCode == 0 {
            switch part {
            case .script(let lines): last = try await run(script: lines)
            case .shell(let command):
                let world = drill.closedWorld(session)
                last = try await session.drillDependencies().runShell(command, drill.sandbox.work, world.environment)
            }
        }
        return last
    }

    private enum Part {
        case script([String])
        case shell(String)
    }

    private static func parts(of lines: [String]) -> [Part] {
        var parts: [Part] = []
        var script: [String] = []
        for line in lines {
            guard line.hasPrefix("!") else {
                script.append(line)
                continue
            }
            parts.append(.script(script))
            parts.append(.shell(String(line.dropFirst())))
            script = []
        }
        return parts + [.script(script)]
    }

    private func run(script lines: [String]) async throws -> ProgramResult {
        let path = "\(drill.sandbox.folder)/script.snapsh"
        let text = lines.joined(separator: "\n") + "\n"
        let (sandbox, bytes) = (drill.sandbox, Array(text.utf8))
        try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try sandbox.write(bytes, to: path) }
        return try await run(program: [path])
    }

    func run(program arguments: [String]) async throws -> ProgramResult {
        try await session.drillDependencies().runProgram(arguments, drill.sandbox.work)
    }
}
