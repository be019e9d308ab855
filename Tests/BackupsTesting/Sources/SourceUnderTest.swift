package import Backups
import TestSupport
import Testing

/// A kind of source, and how a test makes one with the backups that it wants.
package struct SourceUnderTest: Sendable, CustomTestStringConvertible {
    /// What not every kind of source can do.
    package struct Abilities: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// It lists its clusters, if it names them, and all their backups. One that does not serves those of `foo`.
        package static let lists = Abilities(rawValue: 1)
        /// Its backups' names say cluster, version and revision. Where they say nothing, all backups are in one
        /// listing, by time.
        package static let namesBackups = Abilities(rawValue: 2)

        package static let usual: Abilities = [.lists, .namesBackups]
    }

    /// A source that has just the given backups.
    package struct Filled: Sendable {
        package let source: any BackupSource
        /// What must live as long as it is read: a folder, a server.
        let parts: any Sendable

        package init(_ source: any BackupSource, keeping parts: any Sendable) {
            self.source = source
            self.parts = parts
        }
    }

    package let testDescription: String
    let abilities: Abilities
    /// What undoes the encodings of its backups.
    let codecs: [any Codec]
    package let make: @Sendable (_ backups: [GivenBackup]) async throws -> Filled

    package init(
        _ name: String,
        _ abilities: Abilities = .usual,
        codecs: [any Codec] = [],
        make: @escaping @Sendable (_ backups: [GivenBackup]) async throws -> Filled
    ) {
        testDescription = name
        self.abilities = abilities
        self.codecs = codecs
        self.make = make
    }

    private var namesBackups: Bool { abilities.contains(.namesBackups) }

    /// Those of the samples that it lists for `foo`, from the oldest to the newest.
    func listedSamples() throws -> [GivenBackup] {
        let samples = try GivenBackup.samples()
        return namesBackups ? samples.filter { $0.cluster == "foo" } : samples.sorted { $0.modified < $1.modified }
    }

    /// Whether a backup of the source is the given one, and says of it what it can say.
    func isBackup(_ backup: Backup, _ given: GivenBackup) throws -> Bool {
        if backup.entry != nil, backup.byteCount != Int64(try bytes(of: given).count) { return false }
        return if namesBackups {
            backup.version == given.version && backup.revision == given.revision
                && backup.cluster?.name == given.cluster
        } else {
            backup.name == given.freeName && backup.version == nil && backup.revision == nil && backup.cluster == nil
        }
    }

    /// What the source hands over for a given backup.
    func bytes(of given: GivenBackup) throws -> [UInt8] { namesBackups ? given.bytes : try given.storedBytes }
}
