/// A step that is offered, before it is known where it will be read.
enum OfferedLine: Sendable, Equatable {
    /// A line of our own language.
    case own(String)
    /// A line for the system's shell.
    case system(String)
    /// What no line can do.
    case sentence(String)

    func text(_ offers: Offers) -> String {
        switch self {
        case .own(let line): offers.own(line)
        case .system(let line): offers.system(line)
        case .sentence(let text): text
        }
    }

    /// What it is called in a table: only what can be run is the `next`.
    var label: String {
        switch self {
        case .own, .system: "next"
        case .sentence: "step"
        }
    }
}
