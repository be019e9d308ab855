import Backups
import Codecs
import DirectoryStore
import Layouts
import TestSupport
import Testing
import Text

@testable import SidecarClient

@Suite("A backup service in a closed world", .ownThread)
struct ServiceInWorldTests {
    private let declaration = BackupService.declaration(layout: LayoutRegistry.ofBackupService)

    private func connect(
        _ url: String?,
        _ world: ClosedWorld,
        namespace: String? = nil
    ) async throws -> any BackupSource {
        var context = SourceContext(environment: [:], home: nil, cluster: ClusterName("foo")) { _ in }
        context.cluster?.namespace = namespace
        context.world = world
        var values = SettingValues()
        values.place = url
        let source = try await declaration.connect(values, context)
        _ = try await source.overview()
        return source
    }

    private func world(_ server: RunningServer? = nil) throws -> ClosedWorld {
        var world = ClosedWorld(name: "service-gone", folder: "/s", home: "/s/home")
        for host in ["foo-backup-sidecar", "localhost"] {
            let place = HostAndPort(host: host, port: 19999)
            if let server {
                world.ports[place] = Int(try #require(HostAndPort(server.url.dropFirst("http://".count))?.port))
            } else {
                world.closedPorts.insert(place)
            }
        }
        return world
    }

    @Test("is at its address in Kubernetes, with and without a namespace, and behind a forwarded port")
    func addresses() async throws {
        let volume = try BackupVolume()
        let name = try volume.add(9)
        let server = try await RunningServer(
            Volume.source(at: volume.path, LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings)))
        )
        let world = try world(server)
        let addresses: [(url: String?, namespace: String?, shown: String)] = [
            (nil, nil, "http://foo-backup-sidecar:19999"),
            (nil, "prod", "http://foo-backup-sidecar.prod.svc.cluster.local:19999"),
            ("http://localhost:19999", nil, "http://localhost:19999"),
        ]
        for address in addresses {
            let source = try await connect(address.url, world, namespace: address.namespace)
            #expect(source.location == "backup service at \(address.shown)")
            let listing = try await source.backups(of: ClusterName("foo"), .newest(1))
            #expect(listing.backups.map(\.name) == [name])
        }
        let other = server.url
        await #expect(throws: ClosedWorldError(.reach, other, in: world)) { try await connect(other, world) }
    }

    @Test("that is gone refuses connections, under the name that the user gave")
    func gone() async throws {
        let error = await #expect(throws: ServiceError.self) { try await connect(nil, world()) }
        #expect(
            error.map { "\($0)" }
                == "cannot ask the backup service for its status: http://foo-backup-sidecar:19999 refuses connections"
        )
        #expect(error?.category == .unreachable)
    }
}
