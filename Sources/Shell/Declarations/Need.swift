/// A condition that a command needs or establishes.
enum Need: UInt8, Sendable, CaseIterable {
    case source
    case cluster
    case pick
    case listing
    case file
    case difference
}
