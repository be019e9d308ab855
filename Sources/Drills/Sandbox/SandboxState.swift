package import FoundationEssentials
import Glibc

/// What is known of a sandbox from its start on. It is written when all of the world is there: a sandbox without it was
/// never complete.
package struct SandboxState: Sendable, Codable, Equatable {
    /// Of the form of this file.
    package var version = 1
    package var drill: String
    package var title: String
    package var seed: UInt64
    package var start: Date
    /// How long the drill may take, in seconds; `nil` where that is open.
    package var limitSeconds: Double?
    /// Whose result it is, where that is not the user's.
    package var team: String?
    /// The key id that the bucket accepts.
    package var accessKeyID: String
    package var secretAccessKey: String
    /// The file that the drill came from; `nil` where the program carries it.
    package var sourcePath: String?

    package init(
        drill: String,
        title: String,
        seed: UInt64,
        start: Date,
        limitSeconds: Double? = nil,
        team: String? = nil,
        accessKeyID: String,
        secretAccessKey: String,
        sourcePath: String? = nil
    ) {
        self.drill = drill
        self.title = title
        self.seed = seed
        self.start = start
        self.limitSeconds = limitSeconds
        self.team = team
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sourcePath = sourcePath
    }
}

extension Sandbox {
    private var statePath: String { "\(folder)/state.json" }
    private var portsPath: String { "\(folder)/ports.json" }

    /// What is known of it; `nil` where it was never complete, or is not ours. May block.
    package var state: SandboxState? {
        guard let bytes = try? bytes(of: statePath) else { return nil }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        let state = try? decoder.decode(SandboxState.self, from: Data(bytes))
        return state?.version == 1 ? state : nil
    }

    /// Marks it as complete. May block.
    ///
    /// - Throws: `WorldError`.
    package func write(_ state: SandboxState) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        try write(Array(encoder.encode(state)), to: statePath)
    }

    /// The ports of 127.0.0.1 where a live session serves its sources. May block.
    package var ports: [SourceKind: Int]? {
        guard let bytes = try? bytes(of: portsPath) else { return nil }
        let ports = try? JSONDecoder().decode([String: Int].self, from: Data(bytes))
        return ports.map { ports in
            Dictionary(
                uniqueKeysWithValues: ports.compactMap { name, port in
                    SourceKind(rawValue: name).map { ($0, port) }
                }
            )
        }
    }

    /// Until a session serves its sources again. May block.
    package func forgetPorts() { unlink(portsPath) }

    /// - Throws: `WorldError`.
    package func write(_ ports: [SourceKind: Int]) throws {
        let named = Dictionary(uniqueKeysWithValues: ports.map { ($0.key.rawValue, $0.value) })
        try write(Array(JSONEncoder().encode(named)), to: portsPath)
    }
}
