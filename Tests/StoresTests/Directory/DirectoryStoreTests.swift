import Backups
import Glibc
import TestSupport
import Testing

@testable import DirectoryStore

@Suite("A directory as a store")
struct DirectoryStoreTests {
    private func page(_ folder: TemporaryFolder, _ prefix: String = "") async throws -> ListPage {
        try await DirectoryStore(root: folder.path).list(ListRequest(prefix: prefix, delimiter: "/"))
    }

    @Test("follows links that stay inside, to files and to folders")
    func linksInside() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1, 2], to: "a/file")
        try folder.link("a/alias", to: "file")
        try folder.link("b", to: "a")
        #expect(try await page(folder, "a/").entries.map(\.key) == ["a/alias", "a/file"])
        #expect(try await page(folder).prefixes == ["a/", "b/"])
        #expect(try await page(folder, "b/").entries.map(\.byteCount) == [2, 2])
    }

    @Test("names links that lead nowhere, out of it, or in a circle, and reads none of them")
    func otherLinks() async throws {
        let (folder, outside) = (try TemporaryFolder(), try TemporaryFolder())
        try outside.write([1], to: "secret")
        try folder.link("dangling", to: "nothing")
        try folder.link("leaves", to: outside.path("secret"))
        try folder.link("folder", to: outside.path)
        try folder.link("circle", to: "circle")
        let page = try await page(folder)
        #expect(page.entries.isEmpty && page.prefixes.isEmpty)
        let reasons = Dictionary(uniqueKeysWithValues: page.unusable.map { ($0.name, $0.reason) })
        #expect(
            reasons == [
                "dangling": "it is a link to nothing", "leaves": "it is a link that leaves the volume",
                "folder": "it is a link that leaves the volume", "circle": "its links lead in a circle",
            ]
        )
        let store = try await DirectoryStore(root: folder.path)
        await #expect(throws: StoreError.leavesStore("leaves", target: outside.path("secret"))) {
            try await store.stat("leaves")
        }
        await #expect(throws: StoreError.leavesStore("folder/secret", target: outside.path("secret"))) {
            try await store.stat("folder/secret")
        }
    }

    @Test("a key can't climb out of it")
    func climbing() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "root/file")
        try folder.write([1], to: "beside")
        let store = try await DirectoryStore(root: folder.path("root"))
        await #expect(throws: StoreError.leavesStore("../beside", target: folder.path("beside"))) {
            try await store.stat("../beside")
        }
    }

    @Test("names what is neither a file nor a folder, and does not wait for it")
    func pipes() async throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        #expect(
            try await page(folder).unusable == [
                IgnoredName(name: "pipe", reason: "it is neither a file nor a folder")
            ]
        )
    }

    @Test("a pipe that took a file's place is a change, not a wait")
    func pipeInPlaceOfFile() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "file")
        let store = try await DirectoryStore(root: folder.path)
        let entry = try await store.stat("file")
        unlink(folder.path("file"))
        #expect(mkfifo(folder.path("file"), 0o600) == 0)
        await #expect(throws: StoreError.changed("file")) { try await store.read(entry, range: 0..<1) { _ in } }
    }

    @Test("a file that grows while it is read has changed")
    func growing() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3], to: "file")
        let store = try await DirectoryStore(root: folder.path)
        let entry = try await store.stat("file")
        await #expect(throws: StoreError.changed("file")) {
            try await store.read(entry, range: 0..<3) { _ in
                let descriptor = open(path, O_WRONLY | O_APPEND)
                _ = write(descriptor, "x", 1)
                close(descriptor)
            }
        }
    }

    @Test("names a name that is not UTF-8")
    func otherEncodings() async throws {
        let folder = try TemporaryFolder()
        var path = Array((folder.path + "/latin-").utf8CString.dropLast())
        path += [CChar(bitPattern: 0xE9), 0]
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        let unusable = try await page(folder).unusable
        #expect(unusable.map(\.reason) == ["its name is not UTF-8"])
        #expect(unusable.map(\.name) == ["latin-\u{FFFD}"])
    }

    @Test("a listing can be cancelled")
    func cancelled() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "file")
        let store = try await DirectoryStore(root: folder.path)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await store.list(ListRequest(prefix: ""))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
