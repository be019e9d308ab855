import Restore
import Snapshot
import Text

/// What the last `restore` made, or found made.
struct RestoreFacts: Sendable {
    /// Which command of the session it was, from 1.
    let command: Int
    /// The snapshot file, as it was given.
    let path: String
    /// Of the file, as `sha256sum` prints it; `nil` where it was not read.
    let sha256: String?
    /// The id of the new cluster, hexadecimal.
    let cluster: String
    let directories: [String]
    /// The revision that a client finds.
    let revision: Int64
    /// Of all keys of the file, as `hashkv` prints it. Of the data directory it is the same where no revision was
    /// raised.
    let keyHash: UInt32
}

extension RestoreFacts {
    init(by command: Int, _ restored: Restored, _ plan: RestorePlan, sha256: String?) {
        self.init(
            command: command,
            path: plan.file,
            sha256: sha256,
            cluster: String(plan.cluster.id, radix: 16),
            directories: plan.targets.map(\.dataDirectory),
            revision: restored.revision,
            keyHash: restored.keyHash.hash
        )
    }
}

extension RestorePlan {
    /// Where logs are that lie outside of their data directories, by the paths of these.
    var logFolders: [ByteText: String] {
        targets.reduce(into: [:]) { $0[ByteText($1.dataDirectory)] = $1.walDirectory }
    }
}
