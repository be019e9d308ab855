import Snapshot
import SnapshotTesting
import TestSupport
import Testing

/// Every way to lead a reader astray that etcd's own tools crash or hang on, one by one; the SHA-256 is right each
/// time.
@Suite("A snapshot that leads astray")
struct DamagedFilesTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let name: String
        /// What one of the findings says.
        let finding: String
        let make: @Sendable (inout SnapshotEditor) throws -> Void

        init(_ name: String, _ finding: String, _ make: @escaping @Sendable (inout SnapshotEditor) throws -> Void) {
            self.name = name
            self.finding = finding
            self.make = make
        }

        var testDescription: String { name }
    }

    static let damages = [
        Damage("a page with 4 billion that run on", "4294967295 pages run on from it, beyond the image's end") {
            $0.set(UInt32.max, at: $0.keyLeaf + 12)
        },
        Damage("2^40 pages", "it is truncated") { $0.setMetas(UInt64(1) << 40, at: 40) },
        Damage("more pages than an Int64 of bytes", "both of its meta pages are damaged") {
            $0.setMetas(UInt64.max, at: 40)
        },
        Damage("one page", "two of them are meta pages") { $0.setMetas(UInt64(1), at: 40) },
        Damage("no page", "two of them are meta pages") { $0.setMetas(UInt64(0), at: 40) },
        Damage("page size 0", "both of its meta pages are damaged") { $0.setMetas(UInt32(0), at: 8) },
        Damage("page size 100", "both of its meta pages are damaged") { $0.setMetas(UInt32(100), at: 8) },
        Damage("root 0", "page 0, offset 0: it is not among the image's pages") { $0.setMetas(UInt64(0), at: 16) },
        Damage("a huge root", "it is not among the image's pages") { $0.setMetas(UInt64(1) << 60, at: 16) },
        Damage("a huge child", "it is not among the image's pages") { $0.set(UInt64.max, at: $0.keyBranch + 16 + 8) },
        Damage("a child that is its own branch", "more than one way leads to it") {
            $0.set(UInt64($0.keyBranch / 4096), at: $0.keyBranch + 16 + 8)
        },
        Damage("a child of two branches", "more than one way leads to it") {
            $0.set($0.number(UInt64.self, at: $0.keyBranch + 16 + 8), at: $0.keyBranch + 32 + 8)
        },
        Damage("the wrong id", "its header says that it is page 99") { $0.set(UInt64(99), at: $0.keyLeaf) },
        Damage("no flag", "it is neither a leaf nor a branch (flags 0)") { $0.set(UInt16(0), at: $0.keyLeaf + 8) },
        Damage("two flags", "it is neither a leaf nor a branch (flags 3)") { $0.set(UInt16(3), at: $0.keyLeaf + 8) },
        Damage("65535 elements", "its 65535 elements don't fit into it") { $0.set(UInt16.max, at: $0.keyLeaf + 10) },
        Damage("a branch without a child", "a branch without a child") { $0.set(UInt16(0), at: $0.keyBranch + 10) },
        Damage("a key far behind the page", "ends behind the page") { $0.set(UInt32.max - 8, at: $0.keyLeaf + 16 + 4) },
        Damage("a key among the elements", "a key begins among the elements") {
            $0.set(UInt32(0), at: $0.keyLeaf + 16 + 4)
        },
        Damage("a key of 4 GB", "a key of 4294967295 bytes ends behind the page") {
            $0.set(UInt32.max, at: $0.keyLeaf + 16 + 8)
        },
        Damage("a value of 4 GB", "a value of 4294967295 bytes ends behind the page") {
            $0.set(UInt32.max, at: $0.keyLeaf + 16 + 12)
        },
        Damage("a flag of an element that there is not", "an element has the flags 8") {
            $0.set(UInt32(8), at: $0.keyLeaf + 16)
        },
        Damage("elements that overlap", "an element overlaps the one before it") {
            $0.set($0.number(UInt32.self, at: $0.keyLeaf + 16 + 12) + 1, at: $0.keyLeaf + 16 + 12)
        },
        Damage("a page that runs on into another one", "a page that runs on from it is part of another one") {
            $0.set(UInt32(UInt64($0.bytes.count / 4096) - UInt64($0.keyLeaf / 4096) - 1), at: $0.keyLeaf + 12)
        },
        Damage("keys that fall", "its key does not come after the one before it") {
            $0.set($0.number(UInt32.self, at: $0.keyLeaf + 32 + 4) + 16, at: $0.keyLeaf + 16 + 4)
            $0.set($0.number(UInt32.self, at: $0.keyLeaf + 32 + 4), at: $0.keyLeaf + 32 + 4)
        },
        Damage("a leaf of no elements", "a leaf below a branch is empty") { $0.set(UInt16(0), at: $0.keyLeaf + 10) },
        Damage("a bucket of 4 bytes", "a bucket has only 4 bytes") { $0.set(UInt32(4), at: $0.rootOffset + 16 + 12) },
        Damage("a pair in the place of a bucket", "it is no bucket, as the root holds") {
            $0.set(UInt32(0), at: $0.rootOffset + 16)
        },
        Damage("a revision without its sign", "it is no revision, as 'key' holds") {
            $0.set(UInt8(0), at: $0.firstKey + 8)
        },
        Damage("a negative revision", "it is no revision, as 'key' holds") { $0.set(UInt8(0x80), at: $0.firstKey) },
        Damage("a record that is none", "can't be read") { $0.set(UInt8(0xFF), at: $0.firstKey + 17) },
    ]

    @Test("is refused with page and offset", arguments: damages)
    func refused(damage: Damage) async throws {
        var editor = try SnapshotEditor("middle.db")
        try damage.make(&editor)
        let folder = try TemporaryFolder()
        let path = try folder.write(Resealed.bytes(editor.bytes), to: "damaged.db")
        let before = try FileState(path)
        let file = try SnapshotFile(path: path)
        let verification = try await file.verify()
        #expect(verification.verdict == .unsound)
        #expect(
            verification.problems.contains { "\($0)".contains(damage.finding) },
            "\(verification.problems.map(\.description))"
        )
        // Whatever else is asked of it ends, too.
        _ = try? await file.contents()
        _ = try? await file.keys()
        _ = try? await file.keyHash()
        #expect(try FileState(path) == before)
    }

    @Test("the odd files among the fixtures are all refused, or read", arguments: try Fixture.oddFiles())
    func finds(path: String) async throws {
        let file = try SnapshotFile(path: path)
        _ = try await file.verify()
        _ = try? await file.contents()
        _ = try? await file.keys()
        _ = try? await file.keyHash()
    }

    @Test("changes at random, one to eight bytes each, never end the program, and each is found where the SHA-256 is")
    func mutations() async throws {
        var random = SplitMix(state: 3)
        let folder = try TemporaryFolder()
        let original = try SnapshotEditor("late.db")
        var foundCount = 0
        for _ in 0..<600 {
            var editor = original
            editor.changeAtRandom(using: &random)
            let path = try folder.write(editor.bytes, to: "mutated.db")
            let file = try SnapshotFile(path: path)
            let result = try await file.verify()
            #expect(editor.bytes == original.bytes || result.verdict == .unsound)
            // Beside the SHA-256.
            if result.problems.count > 1 { foundCount += 1 }
            _ = try? await file.keys()
            _ = try? await file.keyHash()
        }
        #expect(foundCount > 100)
    }
}
