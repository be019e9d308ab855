/// How a snapshot is packed in its file.
public enum BackupEncoding: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case raw
    case gzip
}

extension BackupEncoding: CustomStringConvertible {
    public var description: String { rawValue }
}
