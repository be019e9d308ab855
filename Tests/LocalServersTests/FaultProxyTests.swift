import DirectoryStore
import Foundation
import LocalServers
import TestSupport
import Testing

@Suite("A server behind a proxy that breaks connections", .ownThread)
struct FaultProxyTests {
    private static let content = [UInt8](repeating: 7, count: 1 << 20)
    private let server: RunningTask
    private let proxy: FaultProxy
    private let entrance: RunningTask

    init() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.content, to: "big")
        let bucket = BucketServer(["backups": try await DirectoryStore(root: folder.path)])
        server = try await RunningTask { [folder] in
            try await bucket.run(onListening: $0)
            _ = folder
        }
        let proxy = FaultProxy(upstreamPort: server.port)
        entrance = try await RunningTask { try await proxy.run(onListening: $0) }
        self.proxy = proxy
    }

    private func get() throws -> HTTPProbe.Answer { try HTTPProbe.send("GET", to: entrance.url, "/backups/big") }

    @Test("hands everything over where nothing is to go wrong")
    func sound() throws {
        #expect(try get().body == Self.content)
    }

    @Test("resets each connection after so many bytes, until that is over")
    func reset() throws {
        proxy.faults = ServerFaults(resetByteCount: 300_000)
        #expect((try? get().body) != Self.content)
        proxy.faults = ServerFaults()
        #expect(try get().body == Self.content)
    }

    @Test("answers 503 so many times")
    func busy() throws {
        proxy.faults = ServerFaults(busyCount: 2)
        #expect(try [get(), get(), get()].map(\.status) == [503, 503, 200])
    }

    @Test("takes no connection while it is down")
    func down() throws {
        proxy.faults = ServerFaults(isDown: true)
        #expect(throws: (any Error).self) { try get() }
        proxy.faults = ServerFaults()
        #expect(try get().status == 200)
    }
}
