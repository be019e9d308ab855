/// A line that is offered, before it is known where it will be read.
enum OfferedLine: Sendable, Equatable {
    /// A line of our own language.
    case own(String)
    /// A line for the system's shell.
    case system(String)

    func text(_ offers: Offers) -> String {
        switch self {
        case .own(let line): offers.own(line)
        case .system(let line): offers.system(line)
        }
    }

    /// The same in a table of what is shown, to be copied.
    func shown(_ offers: Offers) -> String { Copyable.marked(text(offers)) }
}
