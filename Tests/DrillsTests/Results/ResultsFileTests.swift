import Drills
import Foundation
import TestSupport
import Testing

@Suite("A file of results")
struct ResultsFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("results.jsonl") }

    init() throws { folder = try TemporaryFolder() }

    private func result() throws -> DrillResult { try #require(DrillResult.read([DrillResult.line(limit: 15)]).first) }

    @Test("has no results where it is missing")
    func missing() throws {
        #expect(try ResultsFile(path).content == .init())
    }

    @Test("gives back what was added, one line each, and is its owner's alone")
    func adding() throws {
        let result = try result()
        let file = ResultsFile(path)
        try file.add(result)
        var second = result
        second.person = "bob@desk"
        try file.add(second)
        #expect(try file.results == [result, second])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasSuffix("}\n") && text.split(separator: "\n", omittingEmptySubsequences: false).count == 3)
        #expect(text.contains("\"start\":\"2027-01-15T08:00:00Z\""))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("is closed to others where it was open to them")
    func permissions() throws {
        try Data().write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try ResultsFile(path).add(result())
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }

    @Test("counts the lines that a kill has cut, and reads all others")
    func tornLines() throws {
        let line = try DrillResult.line()
        let lines = [
            line, String(line.prefix(100)), "", "{\"kind\":\"of-a-later-version\"}", "{\"kind\":\"drill-result\"}",
            "[]",
        ]
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let file = ResultsFile(path)
        #expect(try file.content.tornLines == [2, 5, 6])
        // The last line has no end: the next one begins a line of its own.
        try file.add(result())
        #expect(try file.results.count == 2)
        #expect(try file.content.tornLines == [2, 5, 6])
    }

    @Test("keeps each line whole when several write at the same time")
    func concurrentWriters() async throws {
        let (result, path) = (try result(), path)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { try? ResultsFile(path).add(result) } }
        }
        #expect(try ResultsFile(path).results.count == 20)
        #expect(try ResultsFile(path).content.tornLines == [])
    }

    @Test("refuses a place that is no plain file")
    func noFile() throws {
        #expect(throws: WorldError.self) { try ResultsFile(folder.path).add(result()) }
        #expect(throws: WorldError.self) { try ResultsFile("/dev/null").add(result()) }
        #expect(throws: (any Error).self) { try ResultsFile(folder.path).results }
    }
}
