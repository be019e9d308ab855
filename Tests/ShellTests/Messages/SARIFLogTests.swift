import Foundation
import Language
import TestSupport
import Testing

@testable import Shell

@Suite("Findings as SARIF")
struct SARIFLogTests {
    private func log(_ text: String, name: String = "a.snapsh") throws -> [String: Any] {
        let context = CheckContext(Sources.dependencies, needsParameterValues: false)
        let findings = Checker.check(SourceFile(name: name, text: text), context).findings
        let log = SARIFLog(findings, Sources.commands, version: "1.2.3") { SARIFLog.reference(to: $0, from: "") }
        return try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(log)) as? [String: Any])
    }

    private func results(_ text: String) throws -> [[String: Any]] {
        let runs = try #require(try log(text)["runs"] as? [[String: Any]])
        return try #require(runs.first?["results"] as? [[String: Any]])
    }

    private func fingerprints(_ text: String) throws -> [String] {
        try results(text).compactMap { ($0["partialFingerprints"] as? [String: String])?.values.first }
    }

    @Test("a finding has its rule, its message, its place from 1 on, and a fingerprint")
    func fields() throws {
        let result = try #require(try results("# ü\necho 'ü' $x").first)
        #expect(result["ruleId"] as? String == "script.meaning" && result["level"] as? String == "error")
        let location = try #require(
            (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
        )
        #expect(
            location["region"] as? [String: Int] == ["startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 12]
        )
        #expect(location["artifactLocation"] as? [String: String] == ["uri": "a.snapsh", "uriBaseId": "SRCROOT"])
        #expect(try fingerprints("echo $x") != [])
    }

    @Test("fingerprints are of the finding, not of its line's number, and no two are the same")
    func stable() throws {
        let two = try fingerprints("echo $x $x $y")
        #expect(Set(two).count == 3)
        #expect(try fingerprints("# a new line\n  echo $x $x $y") == two)
        #expect(try fingerprints("echo $x $x $z") != two)
    }

    @Test("every finding of the check is of a rule that is described")
    func rules() throws {
        let folder = URL(fileURLWithPath: "\(Fixture.folder)/../../Sources").standardized
        let known = Set(FindingRule.all.map(\.code))
        var found: Set<String> = []
        // A check also reports a script that can't be read, and a value that does not fit.
        var files = ["ScriptFileError", "UsageError"].map { "Shell/Messages/Errors/\($0).swift" }
        for part in ["Shell/Checking", "Language"] {
            files += try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path)
                .filter { $0.hasSuffix(".swift") && $0 != "FindingRule.swift" }.map { "\(part)/\($0)" }
        }
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            found.formUnion(text.matches(of: /"(script\.[a-z-]+)"/).map { String($0.1) })
        }
        #expect(found.count > 5 && found.isSubset(of: known), "\(found.subtracting(known))")
    }

    @Test("a secret stands neither in a message nor in a fingerprint's text")
    func secrets() throws {
        let first = try fingerprints("use service http://user:hunter2@h:1")
        #expect(try fingerprints("use service http://user:hunter3@h:1") == first)
        let data = try JSONSerialization.data(withJSONObject: try log("use service http://user:hunter2@h:1"))
        #expect(!String(decoding: data, as: UTF8.self).contains("hunter2"))
    }

    @Test(
        "a path is a relative reference",
        arguments: [
            ("/repo/a.snapsh", "/repo", "a.snapsh"), ("/repo/b c/ü.snapsh", "/repo", "b%20c/%C3%BC.snapsh"),
            ("/other/a", "/repo/x", "../../other/a"), ("standard input", "", "standard%20input"),
            ("/a:b", "/", "a%3Ab"), ("-c", "", "-c"),
        ]
    )
    func references(path: String, folder: String, reference: String) {
        #expect(SARIFLog.reference(to: path, from: folder) == reference)
    }
}
