import Foundation
import TestSupport
import Testing

/// What is said of snapshot files whose names say nothing.
@Suite(.ownThread) struct PlainFolderTests {
    private let program: Program

    init() throws {
        program = try Program()
        try add("early.db", to: "monday.db", daysOld: 3)
        try add("middle.db", to: "tuesday.db", daysOld: 2)
    }

    private func add(_ fixture: String, to name: String, daysOld: Double) throws {
        try program.folder.write(
            try Fixture.snapshot(fixture),
            to: "dumps/\(name)",
            modified: Date(timeIntervalSinceNow: -daysOld * 86400)
        )
    }

    private func run(_ text: String) throws -> Program.Outcome { try program.run(["-c", "use pv dumps; \(text)"]) }

    @Test func `a file from the future is neither picked as the newest nor served`() throws {
        try add("late.db", to: "future.db", daysOld: -2)
        let outcome = try run("pick max; expect pick.name == tuesday.db; pick min; expect pick.name == monday.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("1 has a time in the future, which proves nothing"), "\(outcome.output)")
        let server = try ServingProgram(program, "use pv dumps")
        let answer = try server.curl("/v1/backup")
        #expect(try answer.status == 200 && answer.body == Fixture.snapshot("middle.db"))
        #expect(server.waits(for: "the newest, tuesday.db, is sound"))
    }

    @Test func `no new backup can be requested there, and the reason is said`() throws {
        let outcome = try run("get --fresh")
        expectFailure(outcome, 1, says: "only a backup service makes new backups, and not the volume dumps")
        #expect(!outcome.talk.contains("requesting"), "\(outcome.talk)")
    }

    @Test func `how many revisions were not read is said`() throws {
        for number in 0..<99 { try program.folder.write([1], to: "dumps/\(number).db") }
        let outcome = try run("ls")
        #expect(outcome.talk.contains("the revision of 1 older backup was not read: only those of the newest 100 are"))
    }

    @Test func `a lower revision that was written later may be another cluster's`() throws {
        try add("early.db", to: "wednesday.db", daysOld: 1)
        #expect(
            try run("ls").talk.contains("or they are of different clusters; 'pick tuesday.db' takes the one before")
        )
    }

    @Test func `what is unknown is not blamed on the source`() throws {
        expectFailure(try run("cluster prod; pick max"), 4, says: "this place does not name clusters")
        let outcome = try run("cluster .; pick max; info; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("cluster    unknown: the source does not name clusters"), "\(outcome.output)")
        try program.folder.write([1, 2, 3], to: "dumps/some.db.gz")
        for (fact, reason) in [
            ("revision == 9", "pick.revision is unknown: its name does not say it; after 'get' it is file.revision"),
            ("version == 3.5", "pick.version is unknown: its name does not say it"),
            ("cluster == prod", "pick.cluster is unknown: the source does not name clusters"),
        ] {
            expectFailure(try run("pick some.db.gz; expect pick.\(fact)"), 3, says: reason)
        }
    }

    @Test func `a word with an unknown fact is a failure that '||' catches`() throws {
        try program.folder.write([1, 2, 3], to: "dumps/some.db.gz")
        let reason = "cannot fill in ${pick.revision}: its name does not say it; after 'get' it is file.revision"
        expectFailure(try run("pick some.db.gz; echo ${pick.revision}"), 4, says: reason)
        expectFailure(
            try run("pick some.db.gz; echo ${pick.revision:?no revision yet}"),
            4,
            says: "cannot fill in ${pick.revision}: no revision yet"
        )
        let caught = try run("pick some.db.gz; echo ${pick.revision} || echo unknown")
        #expect(caught.exitCode == 0 && caught.output.hasSuffix("unknown\n"), "\(caught.talk)")
        #expect(caught.talk.contains("\(reason); continuing after '||'"), "\(caught.talk)")
    }
}
