import Foundation
import TestSupport
import Testing

/// A machine's disk, on which backups lie in a usual folder, looked at by a user who may not read all of it.
@Suite(.ownThread) struct UsualFolderTests {
    private let program: Program

    init() throws {
        program = try Program.unprivileged()
    }

    private func add(_ name: String) throws {
        try program.folder.write(Fixture.snapshot("early.db"), to: "disk/\(name)")
    }

    /// Runs something while no one but root may read a folder.
    private func closing<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        func setMode(_ mode: Int) throws {
            try FileManager.default.setAttributes(
                [.posixPermissions: mode],
                ofItemAtPath: program.folder.path("disk/\(name)")
            )
        }
        try setMode(0o000)
        defer { try? setMode(0o755) }
        return try body()
    }

    @Test func `a folder that may not be read hides no backups in another one`() throws {
        try add("etc/kubernetes/tmp/x")
        try add("var/lib/rancher/k3s/server/db/snapshots/etcd-snapshot-a-1714500000")
        let outcome = try closing("etc") { try program.run(["-c", "use pv disk; pick max"]) }
        #expect(outcome.exitCode == 0 && outcome.output.contains("k3s: "), "\(outcome.talk)")
    }

    @Test func `where backups may only be in a folder that may not be read, that is the error`() throws {
        try add("etc/kubernetes/tmp/x")
        let outcome = try closing("etc") { try program.run(["-c", "use pv disk"]) }
        expectFailure(outcome, 6, says: "permission denied")
        #expect(outcome.talk.contains("disk/etc/kubernetes/"), "\(outcome.talk)")
    }
}
