/// A page that a search asks for.
struct PageRequest: Sendable, Hashable {
    /// The key that it begins after; empty for the beginning.
    var after: String
    /// Where keys are folded.
    var delimiter = "/"
    /// At most so many names; `nil` for as many as the server gives.
    var limit: Int?
}
