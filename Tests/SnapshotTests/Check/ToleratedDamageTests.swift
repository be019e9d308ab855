import SnapshotTesting
import TestSupport
import Testing

@testable import Snapshot

/// What etcd restores although something is wrong with it, and no key is lost: the file counts as sound, with a notice.
@Suite("Damage that loses no key")
struct ToleratedDamageTests {
    private func verify(_ bytes: some Collection<UInt8>) async throws -> CheckResult {
        let folder = try TemporaryFolder()
        return try await SnapshotFile(path: folder.write(bytes, to: "file.db")).verify()
    }

    private func verify(changing change: (inout SnapshotEditor) -> Void) async throws -> CheckResult {
        var editor = try SnapshotEditor("middle.db")
        change(&editor)
        return try await verify(Resealed.bytes(editor.bytes))
    }

    struct MetaDamage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let problem: String
        let usedPage: UInt64
        let make: @Sendable (inout SnapshotEditor) -> Void
    }

    static let metaDamages = [
        MetaDamage(testDescription: "a first page with a wrong checksum", problem: "its checksum is", usedPage: 1) {
            $0.set(UInt8(0xFF), at: 16 + 24)
        },
        MetaDamage(testDescription: "a second page with a wrong checksum", problem: "its checksum is", usedPage: 0) {
            $0.set(UInt8(0xFF), at: 4096 + 16 + 24)
        },
        MetaDamage(testDescription: "a page header of another page", problem: "it is page 7", usedPage: 0) {
            $0.set(UInt64(7), at: 4096)
        },
    ]

    @Test("one damaged meta page that names the same root as the good one", arguments: metaDamages)
    func metaPage(damage: MetaDamage) async throws {
        let whole = try await verify { _ in }
        let verification = try await verify(changing: damage.make)
        #expect(verification.verdict == .sound, "\(verification.problems)")
        let contents = try #require(verification.contents)
        guard
            case .damagedMetaPage(let found, let usedPage, let transaction, let revision, let missing) = contents
                .notices.first
        else {
            Issue.record("\(contents.notices)")
            return
        }
        #expect(found.problem.contains(damage.problem) && usedPage == damage.usedPage)
        #expect(transaction > 0 && revision == whole.contents?.revision && !missing)
        #expect(contents.liveKeyCount == whole.contents?.liveKeyCount && contents.hash == whole.contents?.hash)
    }

    @Test("a damaged meta page that may have led to more is no harm without a SHA-256, and not sound with one")
    func lostTransaction() async throws {
        let torn = try Fixture.oddCase("tornnewest.db")
        let sealed = Resealed.bytes(torn + [UInt8](repeating: 0, count: 32))
        var zeros = try Fixture.snapshot("middle.db")
        zeros.replaceSubrange(0..<4096, with: [UInt8](repeating: 0, count: 4096))
        for (bytes, problem) in [(sealed, "its checksum is"), (Resealed.bytes(zeros), "the magic number")] {
            let verification = try await verify(bytes)
            #expect(verification.verdict == .unsound && !verification.isMemberDatabase)
            #expect(verification.problems.first?.description.contains(problem) == true, "\(verification.problems)")
        }
        let unsealed = try await verify(zeros.dropLast(32))
        #expect(unsealed.verdict == .unverified && unsealed.contents?.revision == 168)
    }

    @Test("a page that is no list of free pages")
    func noFreelist() async throws {
        for (page, problem) in [(1 << 60, "it is not among the image's pages"), (0, "it is not among")]
            as [(UInt64, String)]
        {
            let verification = try await verify { $0.setMetas(page, at: 32) }
            #expect(verification.verdict == .sound, "\(verification.problems)")
            guard case .wrongFreelist(let damage, 1) = verification.contents?.notices.first else {
                Issue.record("\(String(describing: verification.contents?.notices))")
                continue
            }
            #expect(problem.isEmpty || damage.problem.contains(problem))
        }
        let root = try await verify { $0.setMetas($0.root, at: 32) }
        guard case .wrongFreelist(let damage, _) = root.contents?.notices.first else {
            Issue.record("\(String(describing: root.contents?.notices))")
            return
        }
        #expect(damage.problem == "more than one way leads to it")
    }

    @Test("real files: keys migrated from API v2, a torn meta page, wrong lists of free pages")
    func realFiles() async throws {
        let migrated = try await verify(Fixture.oddCase("migrated.db"))
        #expect(migrated.verdict == .sound && migrated.contents?.liveKeyCount == 4)
        #expect(migrated.contents?.notices.map(\.isMigration) == [true])

        let torn = try await verify(Fixture.oddCase("tornnewest.db"))
        #expect(torn.verdict == .unverified && torn.contents?.liveKeyCount == 27 && torn.contents?.revision == 28)
        guard case .damagedMetaPage(_, _, _, let revision, let missing) = torn.contents?.notices.first else {
            Issue.record("\(String(describing: torn.contents?.notices))")
            return
        }
        #expect(revision == 28 && missing)
        for (name, problem) in [("fl-leak.db", "neither in use nor in the list"), ("fl-used.db", "and in use")] {
            let verification = try await verify(Fixture.oddCase(name))
            #expect(verification.verdict == .sound && verification.contents?.liveKeyCount == 220, "\(name)")
            guard case .wrongFreelist(let damage, 1) = verification.contents?.notices.first else {
                Issue.record("\(name): \(String(describing: verification.contents?.notices))")
                continue
            }
            #expect(damage.problem.contains(problem), "\(name)")
        }
    }
}

extension SnapshotNotice {
    fileprivate var isMigration: Bool { if case .migratedKeys = self { true } else { false } }
}

/// What a migration from API v2 explains, and what is lost keys all the same.
@Suite("Revisions with gaps")
struct MigratedHistoryTests {
    struct Record: Sendable {
        var revision: RevisionKey
        var key: String
        var created: Int64
        var version: Int64

        init(_ main: Int64, _ key: String, created: Int64? = nil, version: Int64 = 1, sub: Int64 = 0) {
            revision = RevisionKey(main: main, sub: sub)
            self.key = key
            self.created = created ?? main
            self.version = version
        }

        /// A deletion.
        init(_ main: Int64, deleted key: String) {
            revision = RevisionKey(main: main, isTombstone: true)
            self.key = key
            (created, version) = (0, 0)
        }

        var value: [UInt8] {
            let key = [0x0A, UInt8(self.key.utf8.count)] + Array(self.key.utf8)
            if revision.isTombstone { return key }
            return key + [0x10, UInt8(created), 0x18, UInt8(revision.main), 0x20, UInt8(version)]
        }
    }

    private func verify(_ records: [Record]) async throws -> CheckResult {
        var builder = try SnapshotBuilder("empty.db")
        for record in records { builder.set("key", record.revision.bytes, record.value) }
        let folder = try TemporaryFolder()
        return try await SnapshotFile(path: folder.write(builder.bytes(), to: "file.db")).verify()
    }

    @Test("are a migration while each record before has version 1 and is no deletion")
    func migration() async throws {
        let migrated = [Record(4, "a"), Record(7, "b", created: 5), Record(11, "c")]
        let histories: [([Record], Int64)] = [
            (migrated, 11),
            // What clients did afterwards.
            (migrated + [Record(12, "a", created: 4, version: 2), Record(13, deleted: "b")], 11),
            ([Record(2, "a"), Record(4, "b")], 4),
            ([Record(2, "a"), Record(3, "b", created: 2)], 3),
        ]
        for (records, last) in histories {
            let verification = try await verify(records)
            #expect(verification.problems == [], "\(records)")
            #expect(verification.contents?.notices == [.migratedKeys(lastRevision: last)], "\(records)")
        }
        let plain = try await verify([Record(2, "a"), Record(3, "b"), Record(4, "a", created: 2, version: 2)])
        #expect(plain.problems == [] && plain.contents?.notices == [])
    }

    @Test("are lost keys everywhere else")
    func lostKeys() async throws {
        let histories: [([Record], String)] = [
            ([Record(2, "a"), Record(3, "a", created: 2, version: 2), Record(5, "b")], "revision 4 is expected"),
            ([Record(2, "a"), Record(3, deleted: "a"), Record(5, "b")], "revision 4 is expected"),
            // The record behind the gap is no migrated one itself.
            ([Record(2, "a"), Record(4, "a", created: 2, version: 2)], "revision 3 is expected"),
            ([Record(2, "a"), Record(4, deleted: "a")], "revision 3 is expected"),
            ([Record(2, "a"), Record(4, "b", sub: 1)], "revision 3 is expected"),
            // Versions that jump.
            ([Record(4, "a"), Record(5, "a", created: 4, version: 3)], "version 2 is expected"),
            ([Record(4, "a", created: 3, version: 2)], "version 1 is expected"),
            ([Record(4, "a"), Record(7, "a")], "version 2 is expected"),
            // A key that is not there is deleted.
            ([Record(4, "a"), Record(5, deleted: "b")], "deletes a key that was not there"),
            // Version 1 of an older key, once clients have changed keys.
            (
                [Record(2, "a"), Record(3, "a", created: 2, version: 2), Record(4, "b", created: 3)],
                "has the version 1 of a key that was made at revision 3"
            ),
        ]
        for (records, problem) in histories {
            let verification = try await verify(records)
            #expect(verification.verdict == .unsound, "\(records)")
            #expect(
                verification.problems.contains { $0.description.contains(problem) },
                "\(problem): \(verification.problems)"
            )
        }
    }
}
