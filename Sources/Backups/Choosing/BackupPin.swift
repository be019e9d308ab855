import Snapshot
import Text

/// What fixes a choice: a backup's name, and what shows that it is the same one still.
public struct BackupPin: Sendable, Equatable {
    public var name: String
    /// The revision that its name or its pages say.
    public var revision: Revision?
    /// What its source says of its content.
    public var etag: String?
    /// Of its bytes as they are stored, 64 digits.
    public var sha256: String?

    public init(name: String, revision: Revision? = nil, etag: String? = nil, sha256: String? = nil) {
        self.name = name
        self.revision = revision
        self.etag = etag
        self.sha256 = sha256
    }

    /// - Parameter onProgress: Gets how many bytes were read, where all of them are.
    /// - Throws: `PinError.changed` where a backup of that name is another one by now; what the source throws.
    public func requireSame(
        _ backup: Backup,
        from source: any BackupSource,
        onProgress: (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws {
        if let revision, backup.knownRevision != revision {
            throw PinError.changed(name, "revision", is: backup.knownRevision?.description, was: revision.description)
        }
        if let etag, backup.entry?.etag.hasSameBytes(as: etag) != true {
            throw PinError.changed(name, "ETag", is: backup.entry?.etag, was: etag)
        }
        guard let sha256 else { return }
        let found = try await source.sha256(of: backup, onProgress: onProgress)
        if found != sha256 { throw PinError.changed(name, "SHA-256", is: found, was: sha256) }
    }
}

extension BackupSource {
    /// What fixes the choice of a backup. From afar it is the ETag; a volume's files have none that outlasts a copy, so
    /// theirs is the SHA-256, for which all of the backup is read.
    ///
    /// - Parameter onProgress: Gets how many bytes were read, where all of them are.
    /// - Throws: What the source throws.
    public func pin(
        of backup: Backup,
        onProgress: (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> BackupPin {
        var pin = BackupPin(name: backup.name, revision: backup.knownRevision)
        guard let entry = backup.entry else { return pin }
        if traits.givesETags, !entry.etag.isEmpty {
            pin.etag = entry.etag
        } else {
            pin.sha256 = try await sha256(of: backup, onProgress: onProgress)
        }
        return pin
    }

    /// The SHA-256 of a backup's bytes as they are stored: all of them are read.
    fileprivate func sha256(of backup: Backup, onProgress: (_ doneByteCount: Int64) -> Void) async throws -> String {
        var digest = ContentDigest()
        var byteCount: Int64 = 0
        try await read(backup, range: nil) { bytes in
            digest.update(bytes)
            byteCount += Int64(bytes.count)
            onProgress(byteCount)
        }
        return digest.digits
    }
}

/// Why a pinned backup is not taken. Nothing else is taken in its place.
public enum PinError: UserError, Equatable {
    case gone(String)
    /// What is known of it now, where it is known, and what was pinned.
    case changed(String, String, is: String?, was: String)

    public var code: String {
        switch self {
        case .gone: "pin.gone"
        case .changed: "pin.changed"
        }
    }

    public var category: ErrorCategory { .notFound }

    public var description: String {
        switch self {
        case .gone(let name): "cannot pick the pinned \(name.printable): it is gone"
        case .changed(let name, let what, let found, let pinned):
            "cannot pick the pinned \(name.printable): it has changed, its \(what) is"
                + " \(found?.printable ?? "unknown"), not \(pinned.printable)"
        }
    }

    public var nextStep: NextStep? {
        "nothing was picked: see what is there, and make a new pin: \(.listBackups)"
    }
}
