import Drills
import Foundation
import TestSupport
import Testing

@Suite("'drill try'", .ownThread)
struct RunbookTrialTests {
    private struct Trial: Decodable {
        var kind: String
        var drill: String
        var result: String
        var detail: String
    }

    private func trials(_ outcome: Program.Outcome) throws -> [Trial] {
        try outcome.records.map { try JSONDecoder().decode(Trial.self, from: Data($0.utf8)) }
    }

    /// What a build server reads of a file: tests, failures, skipped, and the names of the failed ones.
    private func junit(_ home: DrillHome, _ name: String) throws -> String {
        let script = """
            import sys, xml.etree.ElementTree as tree
            suite = tree.parse(sys.argv[1]).getroot()
            cases = suite.findall('testcase')
            assert suite.tag == 'testsuite' and len(cases) == int(suite.get('tests'))
            assert len(suite.findall('testcase/skipped')) == int(suite.get('skipped'))
            failed = [case.get('name') for case in cases if case.find('failure') is not None]
            assert len(failed) == int(suite.get('failures')) and all(float(case.get('time')) >= 0 for case in cases)
            print(len(cases), *failed)
            """
        let outcome = try SystemTool.run(["python3", "-c", script, home.folder.path(name)])
        #expect(outcome.exitCode == 0)
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    @Test("runs a runbook through the worlds of all drills")
    func all() throws {
        let home = try DrillHome()
        let runbook = "\(Fixture.folder)/../../scripts/runbooks/anywhere.snapsh"
        let outcome = try home.program.start(["--json", "drill", "try", runbook, "--junit", "r.xml"])
            .wait(timeLimit: 300)
        let trials = try trials(outcome)
        #expect(trials.map(\.drill) == Catalog.drills.map(\.name))
        let results: Set = ["goal reached", "refused", "wrong result taken for right", "does not fit"]
        #expect(trials.allSatisfy { results.contains($0.result) && !$0.detail.isEmpty && $0.kind == "drill-trial" })
        for name in ["service-healthy", "service-gone", "name-order", "newest-altered", "disk-left", "link-drops"] {
            #expect(trials.contains { $0.drill == name && $0.result == "goal reached" }, "\(name)")
        }
        let wrong = trials.filter { $0.result == "wrong result taken for right" }
        #expect(outcome.exitCode == (wrong.isEmpty ? 0 : 1))
        #expect(try junit(home, "r.xml") == (["\(trials.count)"] + wrong.map(\.drill)).joined(separator: " "))
        try home.expectClean()
    }

    @Test("finds a wrong result that a runbook takes for right")
    func wrong() throws {
        let home = try DrillHome()
        let script = """
            param cluster
            param bucket
            cluster $cluster
            use s3 $bucket
            pick min
            get recovered.db

            """
        try home.folder.write(script.utf8, to: "oldest <&'.snapsh")
        let words = ["drill", "try", "oldest <&'.snapsh", "--drill", "service-gone", "--drill", "name-order"]
        let outcome = try home.program.run(words + ["--junit", "r.xml"])
        #expect(outcome.exitCode == 1 && outcome.talk.contains("in 1 world the runbook took a wrong result for right"))
        #expect(
            outcome.output.contains("wrong result taken for right") && outcome.output.contains("recovered.db is from")
        )
        #expect(outcome.output.contains("refused"))
        #expect(try junit(home, "r.xml") == "2 service-gone")
        let json = try trials(try home.program.run(["--json"] + words))
        #expect(json.map(\.result) == ["wrong result taken for right", "refused"])
        try home.expectClean()
    }

    @Test("takes a runbook that ends well and makes nothing for wrong, and one that lacks a value for unfit")
    func nothing() throws {
        let home = try DrillHome()
        try home.folder.write("echo fine\n".utf8, to: "idle.snapsh")
        try home.folder.write("param region\necho $region\n".utf8, to: "region.snapsh")
        let idle = try home.program.run(["drill", "try", "idle.snapsh", "--drill", "service-gone"])
        #expect(idle.exitCode == 1 && idle.output.contains("it ended well, and made neither"))
        let unfit = try home.program.run([
            "drill", "try", "region.snapsh", "--drill", "service-gone", "--junit", "r.xml",
        ])
        #expect(unfit.exitCode == 0 && unfit.output.contains("does not fit"))
        #expect(try junit(home, "r.xml") == "1")
        let unknown = try home.program.run(["drill", "try", "region.snapsh", "regoin=x", "--drill", "service-gone"])
        expectFailure(unknown, 1, says: "the runbook has no parameter 'regoin'")
        try home.expectClean()
    }
}
