import Backups
import Codecs
import Foundation
import Snapshot
import TestSupport
import Testing

@testable import SidecarServer

/// Copies of what a source hands out only once.
@Suite("A copy that is kept to be sent", .ownThread)
struct SpoolTests {
    private let sound: [UInt8]
    private let folder: TemporaryFolder

    init() throws {
        sound = try Fixture.snapshot("early.db")
        folder = try TemporaryFolder()
    }

    private func spools(_ source: CountedSource, maxCount: Int = 8) -> Spools {
        Spools(source, CodecRegistry.all, folder: folder.path, maxCount: maxCount)
    }

    private func newest(_ source: CountedSource) async throws -> Backup {
        try #require(try await source.backups(of: ClusterName("foo"), .newest(1)).backups.last)
    }

    @Test("is shared among all who ask for it while it is made")
    func copiedOnce() async throws {
        let source = CountedSource([9: sound], traits: .streaming)
        let backup = try await newest(source)
        source.hold(true)
        let spools = spools(source)
        async let files = withThrowingTaskGroup(of: SpooledFile.self) { group in
            for _ in 0..<8 { group.addTask { try await spools.file(of: backup) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await eventually("all wait for it") { await spools.waitingCount(for: backup) == 8 }
        source.hold(false)
        for file in try await files { #expect(file.byteCount == sound.count && file.result.verdict == .sound) }
        #expect(source.wholeReadCount(9) == 1)
        #expect(await spools.waitingCount(for: backup) == 0)
    }

    @Test("is left by who does not wait any more, and ended where nobody does")
    func left() async throws {
        let source = CountedSource([9: sound], traits: .streaming)
        let backup = try await newest(source)
        source.hold(true)
        let spools = spools(source, maxCount: 1)
        let tasks = (0..<2).map { _ in Task { try await spools.file(of: backup) } }
        try await eventually("both wait for it") { await spools.waitingCount(for: backup) == 2 }
        tasks[0].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[0].value }
        #expect(await spools.waitingCount(for: backup) == 1)
        tasks[1].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[1].value }
        try await eventually("nothing reads the source") { source.waitingReadCount == 0 }
        source.hold(false)
        try await eventually("its place is free") { (try? await spools.file(of: backup)) != nil }
    }

    @Test("ends with the server that makes it")
    func cancelled() async throws {
        let source = CountedSource([9: sound], traits: .streaming)
        let backup = try await newest(source)
        source.hold(true)
        let spools = spools(source)
        let verifications = Verifications(source, spools)
        let entry = StoreEntry(key: "x", byteCount: 1, modified: .distantPast, etag: "")
        let task = Task { try await verifications.result(of: backup, entry) }
        try await eventually("it is read") { source.waitingReadCount == 1 }
        await verifications.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await eventually("nothing reads the source") { source.waitingReadCount == 0 }
    }

    @Test("is one of so many, until it is sent")
    func maxCount() async throws {
        let source = CountedSource([9: sound], traits: .streaming)
        let backup = try await newest(source)
        let spools = spools(source, maxCount: 1)
        var file: SpooledFile? = try await spools.file(of: backup)
        #expect(file?.result.verdict == .sound)
        await #expect(throws: TooManyCopies()) { try await spools.file(of: backup) }
        file = nil
        source.breakAt(0)
        await #expect(throws: StoreError.self) { try await spools.file(of: backup) }
        source.breakAt(nil)
        #expect(try await spools.file(of: backup).byteCount == sound.count)
    }

    @Test("is answered with 503 where there are too many")
    func tooMany() async throws {
        let source = CountedSource([8: sound, 9: sound], traits: .streaming)
        let server = try await RunningServer(source) {
            $0.limits.copies = 1
            $0.spoolFolder = folder.path
        }
        source.hold(true)
        async let first = server.get()
        try await eventually("the first copy is made") { source.waitingReadCount == 1 }
        let second = try await server.get("/v1/backup?etcdVersion=3.4.23&etcdRevision=8")
        #expect(second.status == 503 && second.headers["Retry-After"] == "10")
        #expect(second.text == "too many copies are being made or sent\n")
        source.hold(false)
        #expect(try await first.body == sound)
    }

    @Test("is decoded where the backup is encoded: its bytes as they are stored are never served")
    func encoded() async throws {
        let encoded = try GzipTool.gzip(sound)
        let source = CountedSource([9: encoded], encoding: .gzip)
        let server = try await RunningServer(source) { $0.spoolFolder = folder.path }
        try await eventually("it is verified") { server.said("3.4.23_0000000000000009_etcd.backup.gz, is sound") }
        let answer = try await server.get()
        #expect(answer.status == 200 && answer.body == sound)
        #expect(answer.headers["Content-Length"] == "\(sound.count)")
        let head = try await server.get(method: "HEAD")
        #expect(head.status == 200 && head.headers["Content-Length"] == "\(sound.count)")
        #expect(try folder.names().isEmpty)
    }

    @Test("of what the newest decodes to is kept while it is the newest")
    func keptWhileNewest() async throws {
        let late = try Fixture.snapshot("late.db")
        let source = CountedSource([8: try GzipTool.gzip(sound), 9: try GzipTool.gzip(sound)], encoding: .gzip)
        let server = try await RunningServer(source) {
            $0.spoolFolder = folder.path
            $0.limits.copies = 1
        }
        try await eventually("it is verified") { server.said("3.4.23_0000000000000009_etcd.backup.gz, is sound") }
        for _ in 0..<3 { #expect(try await server.get().body == sound) }
        #expect(source.wholeReadCount(9) == 1)
        // It takes no place from another one. A client has its last byte a moment before the server knows that.
        try await eventually("another one is sent") {
            try await server.get("/v1/backup?etcdVersion=3.4.23&etcdRevision=8").body == sound
        }
        source.replace(10, with: try GzipTool.gzip(late))
        try await eventually("the new one is sent") { try await server.get().body == late }
        #expect(try await server.get().body == late)
        #expect(source.wholeReadCount(10) == 1)
    }

    @Test("is not made again of what is known not to be sound")
    func unsoundOnce() async throws {
        let source = CountedSource([9: try GzipTool.gzip(Array("words".utf8))], encoding: .gzip)
        let server = try await RunningServer(source) { $0.spoolFolder = folder.path }
        try await eventually("it is verified") { server.said("it is the text 'words'") }
        for _ in 0..<2 { #expect(try await server.get().text.contains("it is the text 'words'")) }
        #expect(source.wholeReadCount(9) == 1)
    }

    @Test("is not sent where the backup can't be decoded, or is none")
    func undecodable() async throws {
        var altered = try GzipTool.gzip(sound)
        altered[altered.count - 6] ^= 1
        for (bytes, sentence) in [
            (altered, "it was altered: the checksum of its gzip stream is wrong"),
            (Array("words".utf8), "it is not a gzip file, although its name says so"),
            (try GzipTool.gzip(Array("words".utf8)), "it is the text 'words', not an etcd snapshot"),
        ] {
            let server = try await RunningServer(CountedSource([9: bytes], encoding: .gzip)) {
                $0.spoolFolder = folder.path
            }
            let answer = try await server.get()
            #expect(answer.status == 500 && answer.text.contains(sentence), "\(answer.text)")
            try await eventually("it is reported") { server.said(sentence) }
        }
    }

    @Test("is not begun where there is no room for it")
    func noRoom() async throws {
        let source = CountedSource([9: sound], traits: .streaming, approximateByteCount: 8 << 40)
        let server = try await RunningServer(source) { $0.spoolFolder = folder.path }
        let answer = try await server.get()
        #expect(answer.status == 507)
        #expect(
            answer.text.hasPrefix("cannot keep a copy in \(folder.path): 8.0 TiB are needed and "),
            "\(answer.text)"
        )
        #expect(source.wholeReadCount(9) == 0)
        try await eventually("it is reported") {
            server.said("cannot keep a copy in \(folder.path): 8.0 TiB are needed")
        }
    }

    @Test("has the size that was sent, whatever was said of it", arguments: [1, 20_000, 1 << 20] as [Int64])
    func otherSize(approximateByteCount: Int64) async throws {
        let source = CountedSource([9: sound], traits: .streaming, approximateByteCount: approximateByteCount)
        let file = try await spools(source).file(of: newest(source))
        #expect(file.byteCount == sound.count && file.result.verdict == .sound)
        #expect(try folder.names().isEmpty)
    }

    @Test("has a folder, or nothing is served")
    func noFolder() async throws {
        let source = CountedSource([9: sound], traits: .streaming)
        var settings = ServerSettings(address: ListenAddress(host: "127.0.0.1", port: 0))
        settings.spoolFolder = folder.path("none")
        let server = BackupServer(source, cluster: ClusterName("foo"), settings: settings) { _ in }
        let error = ServerError.unusableSpoolFolder(folder.path("none"), reason: "no such file or directory")
        await #expect(throws: error) { try await server.run { _ in } }
        // Of what lies here, only what is encoded needs one.
        let encoded = CountedSource([9: try GzipTool.gzip(sound)], encoding: .gzip)
        let local = BackupServer(encoded, cluster: ClusterName("foo"), settings: settings) { _ in }
        await #expect(throws: error) { try await local.run { _ in } }
    }
}
