/// What is defined at one point of a script, as far as it can be known before it runs.
struct Definitions: Sendable {
    /// Each variable that may be set, with its value where that is certain.
    var variables: [String: Known] = [:]
    /// What may have come about.
    var achieved: Set<Need> = []

    enum Known: Sendable {
        case value(String)
        /// Only a run will tell.
        case later
    }
}
