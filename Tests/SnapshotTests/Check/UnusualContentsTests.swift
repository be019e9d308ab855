import Restore
import SnapshotTesting
import TestSupport
import Testing

@testable import Snapshot

@Suite("What few snapshots hold")
struct UnusualContentsTests {
    private func verify(_ change: (inout SnapshotBuilder) -> Void) async throws -> CheckResult {
        var builder = try SnapshotBuilder("late.db")
        change(&builder)
        let folder = try TemporaryFolder()
        return try await SnapshotFile(path: folder.write(builder.bytes(), to: "unusual.db")).verify()
    }

    @Test("the version of etcd 3.6, and a downgrade that goes on")
    func versions() async throws {
        let verification = try await verify {
            $0.set("meta", Array("storageVersion".utf8), Array("3.6.0".utf8))
            $0.set("meta", Array("term".utf8), UInt64(7).bigEndianBytes)
            $0.set("cluster", Array("downgrade".utf8), Array(#"{"target-version":"3.5.0","enabled":true}"#.utf8))
        }
        #expect(verification.problems == [])
        #expect(verification.contents?.writer == .from36(storageVersion: "3.6.0"))
        #expect(verification.contents?.downgradeTarget == "3.5.0")
        let over = try await verify { $0.set("cluster", Array("downgrade".utf8), Array(#"{"enabled":false}"#.utf8)) }
        #expect(over.contents?.downgradeTarget == nil)
    }

    @Test("alarms, learners, members that never started, ids beyond 2^53")
    func members() async throws {
        let verification = try await verify {
            $0.set("alarm", [0x08, 0x05, 0x10, 0x01], [])
            $0.set("alarm", [0x08, 0x06, 0x10, 0x02], [])
            $0.set(
                "members",
                Array("ffffffffffffffff".utf8),
                Array(#"{"id":18446744073709551615,"peerURLs":["http://h:1"],"isLearner":true}"#.utf8)
            )
        }
        let contents = try #require(verification.contents)
        #expect(contents.alarms.map(\.kind) == [.noSpace, .corrupt] && contents.alarms.map(\.member) == [5, 6])
        let member = try #require(contents.members.last)
        #expect(member.id == .max && member.isLearner && member.name.isEmpty && member.clientURLs.isEmpty)
    }

    @Test("what stands in the place of a member, of an alarm or of a compaction is a finding")
    func unreadable() async throws {
        let verification = try await verify {
            $0.set("members", Array("1".utf8), Array("{}".utf8))
            $0.set("alarm", [0xFF], [])
            $0.set("meta", Array("finishedCompactRev".utf8), [1, 2, 3])
        }
        let found = verification.problems.map(\.description)
        #expect(found.contains { $0.contains("it is no member") } && found.contains { $0.contains("it is no alarm") })
        #expect(found.contains { $0.contains("'finishedCompactRev' holds no revision") })
    }

    @Test("a list of free pages, as etcd before 3.3 kept it")
    func freelist() async throws {
        let sound = try await verify {
            $0.freePageCount = 3
            $0.freelist = { $0 }
        }
        #expect(sound.problems == [])
        #expect(sound.contents?.freeByteCount == 12288)
        let wrong: [(@Sendable ([UInt64]) -> [UInt64], String)] = [
            ({ [$0[0], $0[0]] + $0[1...] }, "is in the list twice"),
            ({ [2] + $0 }, "page 2 is in the list of free pages, and in use"),
            ({ Array($0.dropLast()) }, "it is neither in use nor in the list of free pages"),
            ({ $0 + [.max] }, "page 18446744073709551615 can't be free"),
        ]
        for (list, finding) in wrong {
            let verification = try await verify {
                $0.freePageCount = 3
                $0.freelist = list
            }
            #expect(verification.verdict == .sound, "\(verification.problems)")
            guard case .wrongFreelist(let damage, 1) = verification.contents?.notices.first else {
                Issue.record("\(finding): \(String(describing: verification.contents?.notices))")
                continue
            }
            #expect(damage.problem.contains(finding), "\(damage)")
        }
    }

    @Test("buckets that lie in each other, as deep as one likes, or side by side")
    func nestedBuckets() async throws {
        func nested(_ depth: Int) -> [UInt8] {
            (0..<depth).reduce(SnapshotBuilder.inline([])) { inner, _ in
                SnapshotBuilder.inline([.init(key: [1], value: inner, isBucket: true)])
            }
        }
        #expect(try await verify { $0.set("lease", [9], nested(3), isBucket: true) }.problems == [])
        let deep = try await verify { $0.set("lease", [9], nested(12), isBucket: true) }
        #expect(deep.problems.first?.description.contains("buckets lie in each other more than 8 deep") == true)
        let many = try await verify { builder in
            for number in 0..<UInt16(1200) {
                builder.set("lease", number.bigEndianBytes, SnapshotBuilder.inline([]), isBucket: true)
            }
        }
        #expect(many.problems.first?.description.contains("1000 buckets or more lie in one") == true)
    }

    @Test("more buckets than any etcd has")
    func manyBuckets() async throws {
        let verification = try await verify { builder in
            for number in 0..<1000 { builder.set("x\(number)", [1], [2]) }
        }
        #expect(verification.verdict == .unsound)
        #expect(verification.problems.first?.description.contains("the root holds 1000 buckets or more") == true)
    }

    @Test("a history that can't have happened so")
    func history() async throws {
        func record(_ fields: [UInt8]) -> [UInt8] { [0x0A, 1, 0x61] + fields }
        // Of key 'a': create revision, mod revision, version.
        let impossible: [([UInt8], RevisionKey, String)] = [
            (
                record([0x10, 0xD1, 1, 0x18, 0xD1, 1, 0x20, 2]), .init(main: 209),
                "has the version 2 of a key that was made at"
            ),
            (record([0x10, 0xD1, 1, 0x18, 0xD0, 1, 0x20, 1]), .init(main: 209), "says that it is of revision 208"),
            (
                record([0x10, 0xD2, 1, 0x18, 0xD2, 1, 0x20, 1]), .init(main: 210),
                "revision 209 is expected, and it is 210"
            ),
            (
                record([0x10, 0xD1, 1, 0x18, 0xD1, 1, 0x20, 1]), .init(main: 209, sub: 1),
                "revision 209 begins with its change 1"
            ),
            (record([]), .init(main: 209, isTombstone: true), "deletes a key that was not there"),
            (record([0x10, 5, 0x18, 0xD1, 1, 0x20, 3]), .init(main: 209), "version 1 is expected"),
            (record([0x18, 0xD1, 1, 0x20, 1]), .init(main: 209), "says that its key was made at revision 0"),
        ]
        for (value, revision, finding) in impossible {
            let verification = try await verify { $0.set("key", revision.bytes, value) }
            #expect(verification.problems.count == 1, "\(finding): \(verification.problems)")
            #expect(
                verification.problems.first?.description.contains(finding) == true,
                "\(finding): \(verification.problems)"
            )
        }
        let possible = try await verify {
            $0.set("key", RevisionKey(main: 209).bytes, record([0x10, 0xD1, 1, 0x18, 0xD1, 1, 0x20, 1]))
        }
        #expect(possible.problems == [] && possible.contents?.revision == 209)
    }
}
