/// A condition that a command needs or establishes.
enum Need: Sendable, Hashable {
    case source
    case cluster
    case pick
    case listing
    case file
}
