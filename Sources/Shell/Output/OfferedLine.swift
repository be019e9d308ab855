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

    /// The same in a table of what is shown: what can be run is to be copied.
    func shown(_ offers: Offers) -> String {
        if case .sentence(let text) = self { return text }
        return Copyable.marked(text(offers))
    }

    /// What it is called in a table: only what can be run is the `next`.
    var label: String {
        switch self {
        case .own, .system: "next"
        case .sentence: "step"
        }
    }
}
