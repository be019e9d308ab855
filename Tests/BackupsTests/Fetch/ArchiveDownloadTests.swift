import Backups
import Codecs
import Foundation
import Snapshot
import Synchronization
import TestSupport
import Testing

@Suite("A download of an archive")
struct ArchiveDownloadTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("late.db")
    }

    private func packed(_ command: String, _ bytes: [UInt8]? = nil) throws -> [UInt8] {
        let files = try TemporaryFolder()
        try files.write(bytes ?? snapshot, to: "etcd.db")
        try files.write(Array("state".utf8), to: "etcd.rkestate")
        guard try SystemTool.run(["sh", "-c", command], in: files).exitCode == 0 else {
            throw PartFailure("'\(command)' failed")
        }
        return try files.read("packed")
    }

    private static let zip = "zip -q packed.zip etcd.rkestate etcd.db && mv packed.zip packed"
    private static let tar = "tar -czf packed etcd.rkestate etcd.db"

    private func download() -> Download {
        Download(destination: folder.path("out.db"), codecs: CodecRegistry.all)
    }

    @Test(
        "gives the snapshot in it the name, and says what lies beside it",
        arguments: [StoreTraits.local, .remote(parallelCalls: 4), .streaming],
        [(zip, BackupEncoding.zip), (tar, .gzip)]
    )
    func sound(traits: StoreTraits, archive: (command: String, encoding: BackupEncoding)) async throws {
        let bytes = try packed(archive.command)
        let source = try OneBackup(bytes, encoding: archive.encoding, traits: traits, pieceByteCount: 500)
        let file = try await download().run(source.backup, from: source)
        #expect(file.unpacked?.layers.first == archive.encoding)
        #expect(file.unpacked?.entry?.name == "etcd.db")
        #expect(file.unpacked?.companions == [PackedEntry(name: "etcd.rkestate", byteCount: 5)])
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("asks for a zip's directory, at its end, before the parts in the middle")
    func directoryFirst() async throws {
        let large = try LargeSnapshot.bytes(count: 200 << 20, isIncompressible: true)
        let bytes = try packed("zip -q -0 packed.zip etcd.db && mv packed.zip packed", large)
        let starts = Mutex<[Int64]>([])
        let source = try OneBackup(
            bytes,
            encoding: .zip,
            traits: .remote(parallelCalls: 2),
            pieceByteCount: 16 << 20,
            beforePiece: { offset in starts.withLock { $0.append(offset) } }
        )
        _ = try await download().run(source.backup, from: source)
        let order = starts.withLock { $0 }
        let last = try #require(order.firstIndex { $0 == order.max() })
        #expect(last < order.count / 2, "\(order)")
        #expect(source.readByteCount == Int64(bytes.count))
    }

    @Test("reads only what it needs of a zip to find out what is in it, where the source has ranges")
    func look() async throws {
        let large = try LargeSnapshot.bytes(count: 40 << 20, isIncompressible: true)
        let bytes = try packed("zip -q -0 packed.zip etcd.db etcd.rkestate && mv packed.zip packed", large)
        let source = try OneBackup.remote(bytes, encoding: .zip)
        let found = try await source.look(into: source.backup, CodecRegistry.all)
        #expect(found.entry == PackedEntry(name: "etcd.db", byteCount: Int64(large.count)))
        #expect(found.companions.map(\.name) == ["etcd.rkestate"])
        #expect(source.readByteCount < Int64(bytes.count) / 2)
    }

    @Test("is looked into on threads of its own, while the main actor is free")
    @MainActor
    func lookFromMainActor() async throws {
        let wasMainThread = Mutex(true)
        let source = try OneBackup(
            packed(Self.tar),
            encoding: .gzip,
            beforeRead: {
                wasMainThread.withLock { $0 = Thread.isMainThread }
            }
        )
        let readCount = Mutex<Int64>(0)
        let found = try await source.look(into: source.backup, CodecRegistry.all) { count in
            readCount.withLock { $0 = count }
        }
        #expect(found.entry?.name == "etcd.db" && readCount.withLock { $0 } == source.readByteCount)
        #expect(!wasMainThread.withLock { $0 })
    }

    @Test("hands over the snapshot of a backup that is not kept", arguments: [zip, tar])
    func handedOver(command: String) async throws {
        let bytes = try packed(command)
        for traits in [StoreTraits.local, .remote(parallelCalls: 4), .streaming] {
            let encoding = command == Self.zip ? BackupEncoding.zip : .gzip
            let source = try OneBackup(bytes, encoding: encoding, traits: traits, pieceByteCount: 500)
            let received = Mutex<[UInt8]>([])
            try await source.readSnapshot(in: source.backup, CodecRegistry.all, maxByteCount: .max) { piece, _ in
                received.withLock { $0 += piece }
            }
            #expect(received.withLock { $0 } == snapshot)
        }
    }

    @Test("ends with what the source throws, or the sink, or with its task")
    func ends() async throws {
        let bytes = try packed(Self.tar)
        let broken = try OneBackup.remote(bytes, encoding: .gzip, pieceByteCount: 500)
        broken.breakOff(after: 2000)
        await #expect(throws: StoreError.self) {
            try await broken.readSnapshot(in: broken.backup, CodecRegistry.all, maxByteCount: .max) { _, _ in }
        }
        struct Full: Error {}
        let source = try OneBackup.remote(bytes, encoding: .gzip, pieceByteCount: 500)
        await #expect(throws: Full.self) {
            try await source.readSnapshot(in: source.backup, CodecRegistry.all, maxByteCount: .max) { _, _ in
                throw Full()
            }
        }
        source.hold(after: 3000)
        let task = Task {
            try await source.readSnapshot(in: source.backup, CodecRegistry.all, maxByteCount: .max) { _, _ in }
        }
        try await eventually("it holds") { source.readByteCount >= 3000 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
