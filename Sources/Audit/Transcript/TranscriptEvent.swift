package import FoundationEssentials
import Text

/// One line of a transcript. Which fields a kind of line has, `TranscriptField` says.
package struct TranscriptEvent: Codable, Sendable, Equatable {
    package var kind: Kind
    /// Tells the lines of one run from those of others in the same file.
    package var run: String
    package var time: Date
    package var host: String
    package var user: String
    package var version: String

    package var script: String?
    package var dryRun: Bool?
    package var number: Int?
    package var command: String?
    package var ran: String?
    package var place: Place?
    package var drill: String?
    /// In seconds.
    package var duration: Double?
    package var outcome: Outcome?
    package var code: String?
    package var message: String?
    package var facts: Facts?
    package var exit: Int?

    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// A run begins.
        case run
        /// A command begins.
        case begin
        /// A command has ended.
        case command
        /// A run ends.
        case end
    }

    package enum Outcome: String, Codable, Sendable {
        case ok
        case failed
        case skipped
    }

    /// Where a command stands; lines and columns count from 1.
    package struct Place: Codable, Sendable, Equatable {
        package var file: String
        package var line: Int
        package var column: Int

        package init(file: String, line: Int, column: Int) {
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// What was known after a command, of that which the command is about.
    package struct Facts: Codable, Sendable, Equatable {
        package var source: String?
        package var cluster: String?
        package var object: Object?
        package var file: File?
        package var restored: Restored?

        package init() {}

        package var isEmpty: Bool {
            source == nil && cluster == nil && object == nil && file == nil && restored == nil
        }
    }

    /// A backup as its source has it.
    package struct Object: Codable, Sendable, Equatable {
        package var name: String
        package var key: String?
        package var etag: String?
        package var version: String?
        package var size: Int64?
        package var revision: Int64?
        package var modified: Date?

        package init(name: String) { self.name = name }
    }

    /// A snapshot file on this machine.
    package struct File: Codable, Sendable, Equatable {
        package var path: String
        package var size: Int64
        package var sha256: String
        package var revision: Int64
        package var verified: Bool

        package init(path: String, size: Int64, sha256: String, revision: Int64, verified: Bool) {
            self.path = path
            self.size = size
            self.sha256 = sha256
            self.revision = revision
            self.verified = verified
        }
    }

    /// Data directories that a snapshot file was restored to.
    package struct Restored: Codable, Sendable, Equatable {
        package var path: String
        package var sha256: String?
        package var directories: [String]
        package var cluster: String
        package var revision: Int64
        package var keyHash: Int64

        package init(
            path: String,
            sha256: String?,
            directories: [String],
            cluster: String,
            revision: Int64,
            keyHash: Int64
        ) {
            self.path = path
            self.sha256 = sha256
            self.directories = directories
            self.cluster = cluster
            self.revision = revision
            self.keyHash = keyHash
        }
    }

    package init(_ kind: Kind, _ origin: TranscriptOrigin, at time: Date) {
        self.kind = kind
        self.time = time
        run = origin.run
        host = origin.host
        user = origin.user
        version = origin.version
    }
}

/// What all lines of one run say of it.
package struct TranscriptOrigin: Sendable {
    package var run: String
    package var host: String
    package var user: String
    /// The program's own.
    package var version: String

    package init(run: String, host: String, user: String, version: String) {
        self.run = run
        self.host = host
        self.user = user
        self.version = version
    }
}
