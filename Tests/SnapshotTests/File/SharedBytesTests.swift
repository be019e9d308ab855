import Blocking
import SnapshotTesting
import Synchronization
import TestSupport
import Testing

@testable import Snapshot

/// Bytes in memory, and how many of them were read.
private final class CountedBytes: ByteSource {
    let bytes: [UInt8]
    private let count = Mutex(0)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var byteCount: Int64 { Int64(bytes.count) }
    var readByteCount: Int { count.withLock(\.self) }

    func read(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        count.withLock { $0 += wanted }
        return Array(bytes[Int(offset)..<Int(offset) + wanted])
    }
}

/// A disk that reads nothing.
private struct BrokenBytes: ByteSource {
    var byteCount: Int64 { 100 << 20 }

    func read(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        throw .unreadable(code: 5)
    }
}

/// Reads all bytes in order.
private final class ReaderInOrder: Sendable {
    private let shared: SharedBytes
    private let read = Mutex(Int64(0))

    init(_ shared: SharedBytes) {
        self.shared = shared
    }

    var position: Int64 { read.withLock(\.self) }

    func run() throws {
        while case let bytes = try shared.readNext(at: position, upTo: 1 << 20), !bytes.isEmpty {
            read.withLock { $0 += Int64(bytes.count) }
        }
    }
}

@Suite("Hash and trees read a file side by side")
struct SharedBytesTests {
    private static let pieceByteCount = 256 << 10

    @Test("each piece is read once, whoever comes to it first")
    func once() throws {
        let bytes = CountedBytes((0..<20 * Self.pieceByteCount).map { UInt8(truncatingIfNeeded: $0 >> 12) })
        let shared = SharedBytes(bytes)
        for number in 0..<20 {
            let start = number * Self.pieceByteCount
            let expected = Array(bytes.bytes[start..<start + Self.pieceByteCount])
            let isInOrderFirst = number.isMultiple(of: 2)
            if isInOrderFirst { #expect(try shared.readNext(at: Int64(start), upTo: 1 << 20) == expected) }
            let piece = try shared.piece(at: Int64(start) + 4096, upTo: shared.byteCount, isInOrder: true)
            #expect(piece?.start == Int64(start) && piece?.bytes == expected)
            if !isInOrderFirst { #expect(try shared.readNext(at: Int64(start), upTo: 1 << 20) == expected) }
        }
        #expect(bytes.readByteCount == bytes.bytes.count)
    }

    @Test("what both find is what each finds alone")
    func together() async throws {
        let bytes = CountedBytes(try Self.largeSnapshot())
        let result = try await SnapshotCheck(bytes).run()
        #expect(result.verdict == .sound)
        let alone = try PageFindings(reading: bytes, false)
        #expect(result.contents == alone.contents)
    }

    private static func largeSnapshot() throws -> [UInt8] {
        var builder = try SnapshotBuilder("late.db")
        for number in 0..<40 {
            builder.set("zz\(number + 10)", [0], [UInt8](repeating: UInt8(number), count: 300_000))
            builder.set("zz\(number + 10)", [1], [UInt8](repeating: UInt8(number), count: number * 1000))
        }
        return try builder.bytes()
    }

    @Test("what is found in a file that is read ahead is what is found without", .timeLimit(.minutes(1)))
    func aheadOfTrees() async throws {
        let folder = try TemporaryFolder()
        let file = try SnapshotFile(path: folder.write(Self.largeSnapshot(), to: "large.db"))
        let alone = try await file.reading { image in
            try IntegrityCheck(image, checksHistory: false) { throw SnapshotReadingError.damaged($0) }.run()
        }
        #expect(try await file.contents() == alone)
    }

    @Test("whoever is ahead waits for the other one, as long as that one is near")
    func ahead() async throws {
        let shared = SharedBytes(CountedBytes([UInt8](repeating: 7, count: 40 * Self.pieceByteCount)))
        let byteCount = shared.byteCount
        let reader = ReaderInOrder(shared)
        _ = try shared.piece(at: 0, upTo: byteCount, isInOrder: true)
        try await withThrowingTaskGroup { group in
            group.addTask(executorPreference: DedicatedThread()) { try reader.run() }
            try await eventually("the reader in order waits") { shared.isWaitedFor }
            #expect(reader.position == Int64(8 * Self.pieceByteCount))
            _ = try shared.piece(at: Int64(5 * Self.pieceByteCount), upTo: byteCount, isInOrder: true)
            try await eventually("it goes on, and waits again") {
                reader.position == Int64(13 * Self.pieceByteCount) && shared.isWaitedFor
            }
            // What reads elsewhere again and again is not waited for.
            for _ in 0..<17 {
                #expect(try shared.piece(at: byteCount - 4096, upTo: byteCount, isInOrder: false) == nil)
            }
            try await group.waitForAll()
        }
        #expect(reader.position == byteCount)
    }

    @Test("the reader of the trees reads on where nothing more is read in order")
    func ended() async throws {
        let shared = SharedBytes(CountedBytes([UInt8](repeating: 7, count: 20 * Self.pieceByteCount)))
        let byteCount = shared.byteCount
        async let last: Void = withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            for number in 0..<20 {
                let start = Int64(number * Self.pieceByteCount)
                _ = try shared.piece(at: start, upTo: byteCount, isInOrder: true)
            }
        }
        try await eventually("it waits for the other one") { shared.isWaitedFor }
        shared.endReadingInOrder()
        try await last
    }

    @Test("what the trees need next is read ahead of them, and not what lies far from them")
    func readAhead() async throws {
        let bytes = CountedBytes([UInt8](repeating: 7, count: 40 * Self.pieceByteCount))
        let shared = SharedBytes(bytes, isReadAhead: true)
        let byteCount = shared.byteCount
        async let ahead: Void = withTaskExecutorPreference(DedicatedThread()) { @concurrent in shared.readAhead() }
        try await eventually("the reader ahead waits for the trees") { shared.isWaitedFor }
        #expect(bytes.readByteCount == 0)
        // Far on, then back to the start.
        for (start, pieceCount) in [(20, 8), (0, 16)] {
            let piece = try shared.piece(at: Int64(start * Self.pieceByteCount), upTo: byteCount, isInOrder: true)
            #expect(piece?.bytes.count == Self.pieceByteCount)
            try await eventually("so much is read ahead") {
                bytes.readByteCount == pieceCount * Self.pieceByteCount && shared.isWaitedFor
            }
        }
        // What was read ahead is not read again.
        for number in 1..<8 {
            _ = try shared.piece(at: Int64(number * Self.pieceByteCount), upTo: byteCount, isInOrder: true)
        }
        try await eventually("it has read on") {
            bytes.readByteCount == 23 * Self.pieceByteCount && shared.isWaitedFor
        }
        #expect(try shared.piece(at: byteCount - 4096, upTo: byteCount, isInOrder: false) == nil)
        shared.endReadingTrees()
        await ahead
    }

    @Test("what can't be read ahead is left to the reader of the trees, which reports it")
    func unreadable() async throws {
        let shared = SharedBytes(BrokenBytes(), isReadAhead: true)
        async let ahead: Void = withTaskExecutorPreference(DedicatedThread()) { @concurrent in shared.readAhead() }
        try await eventually("the reader ahead waits for the trees") { shared.isWaitedFor }
        for number in 0..<20 {
            #expect(throws: SnapshotReadingError.unreadable(code: 5)) {
                try shared.piece(
                    at: Int64(number * Self.pieceByteCount),
                    upTo: shared.byteCount,
                    isInOrder: true
                )
            }
        }
        await ahead
        shared.endReadingTrees()
    }
}
