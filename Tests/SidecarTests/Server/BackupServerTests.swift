import Backups
import Foundation
import TestSupport
import Testing
import Text

@testable import SidecarServer

@Suite("The backup server", .ownThread)
struct BackupServerTests {
    private let sound: [UInt8]
    private let other: [UInt8]

    init() throws {
        sound = try Fixture.snapshot("early.db")
        other = try Fixture.snapshot("late.db")
    }

    @Test("verifies a backup once, however many ask for it at the same time")
    func verifiedOnce() async throws {
        let source = CountedSource([9: sound])
        source.hold(true)
        let server = try await RunningServer(source)
        async let answers = withThrowingTaskGroup(of: HTTPProbe.Answer.self) { group in
            for _ in 0..<8 { group.addTask { try await server.get() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // The server itself asks first: whether it needs a folder for copies, and which is the newest.
        try await eventually("all have asked") { source.listingCount == 10 }
        source.hold(false)
        for answer in try await answers { #expect(answer.status == 200 && answer.body == sound) }
        let readCount = source.readByteCount(9)
        #expect(try await server.get().body == sound)
        // Eight were sent, and one was checked: its hash, its head and its pages. The last one is not checked again.
        #expect(readCount - 8 * sound.count <= 3 * sound.count)
        #expect(source.readByteCount(9) == readCount + sound.count)
    }

    @Test("remembers what is not sound as well, until it is another one")
    func unsound() async throws {
        var altered = sound
        altered[9000] ^= 1
        let source = CountedSource([9: altered])
        let server = try await RunningServer(source)
        for _ in 0..<3 { #expect(try await server.get().status == 500) }
        #expect(source.readByteCount(9) <= 3 * sound.count)
        source.replace(9, with: sound)
        #expect(try await server.get().status == 200)
    }

    @Test(
        "serves nothing whose pages are damaged or whose revision is too low, although its SHA-256 is right",
        arguments: [StoreTraits.local, .remote(parallelCalls: 4), .streaming]
    )
    func unsoundPages(traits: StoreTraits) async throws {
        var damaged = try Fixture.snapshot("middle.db")
        let leaf = try #require(
            stride(from: 2 * 4096, to: damaged.count - 32, by: 4096).first {
                damaged[$0 + 8] == 2 && damaged[$0 + 10] > 20
            }
        )
        damaged[leaf + 10] = 0
        let folder = try TemporaryFolder()
        let files: [(revision: Int64, bytes: [UInt8], problem: String)] = [
            (9, Resealed.bytes(damaged), "a leaf below a branch is empty"), (400, sound, "revision"),
        ]
        for (revision, bytes, problem) in files {
            let source = CountedSource([revision: bytes], traits: traits)
            let server = try await RunningServer(source) { $0.spoolFolder = folder.path }
            let answer = try await server.get()
            #expect(answer.status == 500 && answer.text.contains(problem), "\(answer.status) \(answer.text)")
        }
        #expect(try folder.names() == [])
    }

    @Test(
        "serves the newest that can be whole, and reports once each that can't be",
        arguments: [(0, "it is empty"), (12, "12 bytes: too short for a snapshot")]
    )
    func passedOver(byteCount: Int, reason: String) async throws {
        let source = CountedSource([8: sound, 9: [UInt8](repeating: 0, count: byteCount)])
        let server = try await RunningServer(source) { $0.statusLifetime = .zero }
        for _ in 0..<2 {
            let answer = try await server.get()
            #expect(answer.body == sound && answer.headers["X-Revision"] == "8")
            #expect(try await server.get(method: "HEAD").headers["X-Revision"] == "8")
            let status = try await server.get("/v1/status").text
            #expect(status.contains(#""backups":2"#) && status.contains(#""revision":8"#), "\(status)")
        }
        let passedOver = "3.4.23_0000000000000009_etcd.backup (\(reason))"
        let warning = "skipped \(passedOver); it serves 3.4.23_0000000000000008_etcd.backup instead"
        #expect(server.sayings("skipped") == [warning])
        source.replace(10, with: Array(sound.dropLast()))
        #expect(try await server.get().headers["X-Revision"] == "8")
        let second = "skipped 3.4.23_000000000000000a_etcd.backup (\(sound.count - 1) bytes: not the size of a"
        #expect(server.sayings("skipped").count == 2 && server.said(second))
        // Who names one gets to know what is wrong with it.
        #expect(try await server.get("/v1/backup?etcdVersion=3.4.23&etcdRevision=9").status == 500)
    }

    @Test("says that none can be used where that is so")
    func noneUsable() async throws {
        let server = try await RunningServer(CountedSource([8: [], 9: [1]]))
        let answer = try await server.get()
        let nine = "3.4.23_0000000000000009_etcd.backup (1 bytes: too short for a snapshot)"
        let names = "\(nine), 3.4.23_0000000000000008_etcd.backup (it is empty)"
        #expect(answer.status == 500)
        #expect(answer.text == "cannot serve a backup of cluster 'foo': none can be used: \(names)\n")
        #expect(try await server.get("/v1/status").text == "{\"backupSize\":0,\"backups\":2}\n")
        #expect(server.sayings("skipped") == ["skipped \(names); no other backup is left to serve"])
    }

    @Test("looks further down where many of the newest are empty")
    func manyEmpty() async throws {
        var contents: [Int64: [UInt8]] = [7: sound]
        for revision in 8...300 as ClosedRange<Int64> { contents[revision] = [] }
        let server = try await RunningServer(CountedSource(contents, listsInParts: true))
        #expect(try await server.get().headers["X-Revision"] == "7")
        #expect(server.said("and 290 more; it serves 3.4.23_0000000000000007_etcd.backup instead"))
    }

    @Test("does not remember that a source could not be read")
    func unreadable() async throws {
        let source = CountedSource([9: sound])
        source.breakAt(0)
        let server = try await RunningServer(source)
        let answer = try await server.get()
        #expect(answer.status == 500 && answer.text.contains("it changed since it was listed"))
        source.breakAt(nil)
        #expect(try await server.get().body == sound)
    }

    @Test("breaks the connection off where the source fails in the middle")
    func broken() async throws {
        let large = try LargeSnapshot.bytes(count: 4 << 20)
        let source = CountedSource([9: large])
        let server = try await RunningServer(source)
        #expect(try await server.get().body == large)
        source.breakAt(1 << 20)
        await #expect(throws: PartFailure.self) { try await server.get() }
        source.breakAt(nil)
        #expect(try await server.get().body == large)
    }

    @Test("ends a download that nobody takes")
    func stalled() async throws {
        let source = CountedSource([9: try LargeSnapshot.bytes(count: 64 << 20)])
        let server = try await RunningServer(source) { $0.stallTimeLimit = .seconds(1) }
        // A kilobyte a second: what its connection holds is far less than the backup.
        let client = Process()
        client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        client.arguments = [
            "curl", "--silent", "--limit-rate", "1k", "--output", "/dev/null", "\(server.url)/v1/backup",
        ]
        try client.run()
        defer { kill(client.processIdentifier, SIGKILL) }
        try await eventually("it breaks off") { server.said("could not finish sending") }
        #expect(server.said("could not finish sending 3.4.23_0000000000000009_etcd.backup to 127.0.0.1"))
    }

    @Test("keeps what comes in one piece in a file, and serves it where it is sound")
    func streaming() async throws {
        let source = CountedSource([9: sound], traits: .streaming)
        let server = try await RunningServer(source)
        let answer = try await server.get()
        #expect(answer.body == sound && answer.headers["Content-Length"] == "\(sound.count)")
        source.replace(9, with: Array("placeholder".utf8))
        #expect(try await server.get().text.contains("it is the text 'placeholder'"))
    }

    @Test("answers what is no HTTP, or too much of it, without harm")
    func odd() async throws {
        let source = CountedSource([9: sound])
        let server = try await RunningServer(source)
        let long = try? await server.get("/v1/backup?x=" + String(repeating: "x", count: 200_000))
        #expect(long == nil || (400...499).contains(long?.status ?? 0))
        #expect(try await server.get("/v1/backup?etcdVersion=3.4.23&etcdRevision=9&etcdRevision=8").status != 500)
        #expect(try await server.get().body == sound)
    }
}

@Suite("Who may ask, and where", .ownThread)
struct ServerSettingsTests {
    @Test("without a host it listens on all IPv4 addresses")
    func addresses() throws {
        let all = ListenAddress(try #require(HostAndPort(":80")))
        #expect(all == ListenAddress(host: "0.0.0.0", port: 80) && !all.isLoopback)
        let one = ListenAddress(try #require(HostAndPort("[::1]:0")))
        #expect(one == ListenAddress(host: "::1", port: 0) && one.isLoopback && "\(one)" == "[::1]:0")
    }

    @Test("a token is long, and shows itself nowhere")
    func tokens() throws {
        #expect(Token("0123456789") == nil && Token("0123456789 SECRET") == nil)
        let token = try #require(Token("SECRET0123456789"))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token) \(String(reflecting: token)) \(dumped)".contains("SECRET"))
        #expect(token.isShown(by: "Bearer SECRET0123456789") && token.isShown(by: "bearer SECRET0123456789"))
        for value in [
            nil, "", "Bearer", "Bearer ", "SECRET0123456789", "Basic SECRET0123456789", "Bearer SECRET01234567890",
        ] {
            #expect(!token.isShown(by: value))
        }
    }
}
