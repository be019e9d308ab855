/// What verification says of a file.
public enum CheckResult: Sendable, Equatable {
    /// An etcd snapshot whose SHA-256 trailer is right: the bytes are those that the server sent.
    case sound
    case unsound(SnapshotProblem)
}
