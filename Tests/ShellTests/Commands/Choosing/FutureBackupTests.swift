import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite("A backup from the future")
@MainActor
struct FutureBackupTests {
    private static let reason = "written 2d in the future: its clock or this one is wrong"

    private static let secondsAhead: TimeInterval = 2 * 86400 + 1800

    private func scene(
        format: Output.Format = .text,
        secondsAhead: TimeInterval = Self.secondsAhead
    ) async throws -> Scene {
        let scene = try Scene(format: format)
        try scene.volume.add(15, age: -secondsAhead)
        #expect(await scene.run("use pv; cluster foo; pick max") == .success)
        return scene
    }

    @Test("has no age that an expectation could hold of", arguments: ["<", "<=", ">", ">=", "==", "!="])
    func expectations(sign: String) async throws {
        let scene = try await scene()
        #expect(await scene.run("expect pick.age \(sign) 24h") == .unmetExpectation)
        #expect(scene.talk.contains("an expectation is not met: pick.age is unknown: \(Self.reason)"))
        #expect(!scene.data.contains("as expected"))
    }

    @Test("is marked by pick, ls, info and clusters")
    func marks() async throws {
        let scene = try await scene()
        #expect(scene.data.contains(", written 2d in the future\n"))
        #expect(scene.talk.contains("warning: its age is unknown: \(Self.reason)"))
        for (command, mark) in [
            ("ls", "  2d in the future  "), ("info", "Z, 2d in the future: its clock or this one is wrong\n"),
            ("clusters", "  2d in the future\n"),
        ] {
            let before = scene.data
            #expect(await scene.run(command) == .success)
            #expect(scene.data.dropFirst(before.count).contains(mark), "\(scene.data)")
        }
    }

    @Test("is marked in JSON, which has no age of it")
    func json() async throws {
        let scene = try await scene(format: .json)
        #expect(await scene.run("ls; info; clusters") == .success)
        let objects = try scene.data.split(separator: "\n").compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
        let backups = objects.filter { ["pick", "backup"].contains($0["kind"] as? String) }
        #expect(backups.count == 3)
        #expect(backups.allSatisfy { $0["inFuture"] as? Bool == true && $0["ageSeconds"] == nil })
        let cluster = try #require(objects.last)
        #expect(cluster["newestInFuture"] as? Bool == true && cluster["newestAgeSeconds"] == nil)
    }

    @Test("has no age to fill in, but a default")
    func filledIn() async throws {
        let scene = try await scene()
        #expect(await scene.run("echo ${pick.age:-unknown}") == .success)
        #expect(scene.data.hasSuffix("unknown\n"))
        #expect(await scene.run("echo ${pick.age}") == .notFound)
        #expect(scene.talk.contains("cannot fill in ${pick.age}: \(Self.reason)"))
    }

    @Test("is none where clocks differ by a few seconds")
    func skew() async throws {
        let scene = try await scene(secondsAhead: 8)
        #expect(await scene.run("expect pick.age < 1h; ls") == .success)
        #expect(!(scene.data + scene.talk).contains("future"))
    }
}
