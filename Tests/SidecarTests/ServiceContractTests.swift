import Backups
import BackupsTesting
import Codecs
import DirectoryStore
import Layouts
import TestSupport
import Testing

@testable import SidecarClient

/// The client against the server.
@Suite("A backup service", .ownThread)
struct ServiceContractTests {
    private static let kinds: [SourceUnderTest] = [
        SourceUnderTest("a service over a volume", .namesBackups) { backups in
            let volume = try BackupVolume(backups)
            let server = try await RunningServer(
                Volume.source(at: volume.path, LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings)))
            )
            return SourceUnderTest.Filled(try client(of: server), keeping: (volume, server))
        },
        SourceUnderTest("a service over another service", .namesBackups) { backups in
            let inner = try await kinds[0].make(backups)
            let server = try await RunningServer(inner.source)
            return SourceUnderTest.Filled(try client(of: server), keeping: (inner, server))
        },
    ]

    private static func client(of server: RunningServer) throws -> any BackupSource {
        var settings = ServiceSettings()
        settings.url = server.url
        return try BackupService.source(
            of: settings,
            layout: LayoutRegistry.ofBackupService,
            environment: [:],
            report: { _ in }
        )
    }

    @Test("keeps to every rule of sources", arguments: SourceRule.cases(of: kinds))
    func rule(_ rule: SourceRule.Case) async throws {
        try await rule.check()
    }
}
