/// A condition that a command needs or establishes.
enum Need: UInt8, Sendable, CaseIterable {
    case source
    case cluster
    case pick
    case listing
    case file
    /// The same, where no other place, cluster or backup was chosen after it.
    case currentFile
    case difference
}
