import Backups
import Text

/// How a command reads a packed snapshot file, by its options.
struct UnpackingOptions: Sendable {
    static let spoolFolder = Option(
        "spool-dir",
        value: "DIR",
        .folder,
        "where a packed file is decoded to for a while; default: memory if it is small, else $TMPDIR or /var/tmp"
    )

    static let decryption = Option(
        "decrypt",
        value: "COMMAND",
        .decryption,
        "the command that decrypts, as 'age -d -i key.txt': it reads standard input, and no shell reads it"
    )

    /// Of every command that reads a snapshot file.
    static let options: [any DeclaredOption] = [spoolFolder, decryption]

    /// The folder that was named.
    private var folder: String?
    private var decryption: DecryptionWords?
    /// What the command makes, so that a packed file is decoded beside it; `nil` where it makes nothing.
    private var output: String?

    /// As where no option is given.
    init() {}

    /// - Parameter output: The path of what the command makes.
    init(_ invocation: Invocation, beside output: String? = nil) {
        folder = invocation[Self.spoolFolder]
        decryption = invocation[Self.decryption]
        self.output = output
    }

    /// - Throws: `PathFailure`, `CancellationError`.
    @MainActor
    func opener(in session: Session) async throws -> SnapshotOpener {
        SnapshotOpener(
            codecs: session.codecs(decryptingWith: decryption),
            spoolFolder: try await spoolFolder(session),
            // A user who names a folder has a reason for it.
            usesMemory: folder == nil
        )
    }

    @MainActor
    private func spoolFolder(_ session: Session) async throws -> String {
        if let folder { return folder }
        guard let output else { return SpoolFolder.usual(session.dependencies.processEnvironment) }
        // The folders that are still to be made will be on the same disk.
        var folder = PathParts(output).folder
        while try await !PathText.isFolder(folder), !["/", "."].contains(folder) { folder = PathParts(folder).folder }
        return folder
    }
}
