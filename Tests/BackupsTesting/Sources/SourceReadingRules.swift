import Backups
import Synchronization
import Testing

extension SourceRule {
    static let reading = [
        SourceRule("hands over each backup byte by byte") { source, kind in
            for given in try kind.listedSamples() {
                let backup = try await backup(given, in: source, kind)
                #expect(try await bytes(of: backup, nil, in: source) == kind.bytes(of: given), "\(backup.name)")
            }
        },
        SourceRule("hands over each snapshot, decoded where it is encoded") { source, kind in
            for given in try kind.listedSamples() {
                let backup = try await backup(given, in: source, kind)
                let received = Mutex<[UInt8]>([])
                let maxByteCount = Int64(given.bytes.count)
                try await source.readSnapshot(in: backup, kind.codecs, maxByteCount: maxByteCount) { bytes, offset in
                    received.withLock { received in
                        #expect(offset == Int64(received.count))
                        received += bytes
                    }
                }
                #expect(received.withLock { $0 } == given.bytes, "\(backup.name)")
            }
        },
        SourceRule("hands over exactly a range, or says that it can't") { source, kind in
            let given = try GivenBackup.samples()[0]
            let backup = try await backup(given, in: source, kind)
            for range in [0..<1, 5..<5, 4096..<8193] as [Range<Int64>] {
                if source.traits == .streaming {
                    await #expect(throws: StoreError.self) { try await bytes(of: backup, range, in: source) }
                } else {
                    let expected = given.bytes[Int(range.lowerBound)..<Int(range.upperBound)]
                    #expect(try await bytes(of: backup, range, in: source) == Array(expected), "\(range)")
                }
            }
        },
        SourceRule("throws what the sink throws, and gives it nothing more") { source, kind in
            struct Full: Error {}
            let backup = try await backup(try GivenBackup.samples()[0], in: source, kind)
            var callCount = 0
            await #expect(throws: Full.self) {
                try await source.read(backup, range: nil) { _ in
                    callCount += 1
                    throw Full()
                }
            }
            #expect(callCount == 1)
        },
    ]

    static let cancelling = [
        SourceRule("finds and reads nothing for a task that is cancelled") { source, kind in
            let backup = try await backup(try GivenBackup.samples()[0], in: source, kind)
            await #expect(throws: CancellationError.self) {
                try await cancelled { try await source.backups(of: foo, .newest(1)).backups.count }
            }
            await #expect(throws: CancellationError.self) {
                try await cancelled { try await bytes(of: backup, nil, in: source) }
            }
        }
    ]

    private static func backup(
        _ given: GivenBackup,
        in source: any BackupSource,
        _ kind: SourceUnderTest
    ) async throws -> Backup {
        let found = try await source.backups(of: foo, .exact(given.version, given.revision)).backups
        return try #require(try found.first { try kind.isBackup($0, given) })
    }

    private static func bytes(
        of backup: Backup,
        _ range: Range<Int64>?,
        in source: any BackupSource
    ) async throws -> [UInt8] {
        var received: [UInt8] = []
        try await source.read(backup, range: range) { received += $0 }
        return received
    }
}
