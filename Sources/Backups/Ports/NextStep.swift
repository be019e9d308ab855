/// What a person can do next about a failure, without the names of commands and options: what shows it knows those.
///
/// It is written as text with the steps and settings in it: `"name the authority with \(setting: "ca-file", "FILE")"`.
public struct NextStep: Sendable, Equatable {
    /// One piece, in order.
    public enum Part: Sendable, Equatable {
        case text(String)
        /// A setting of the source in use, or of the server, with a value to give it: `ca-file`, `FILE`.
        case setting(String, value: String?)
        case action(Action)
        /// A line of the shell's own language, to be run next: only a hint of the shell itself has one.
        case line(String)
    }

    /// What can be done with backups, whatever the commands for it are called.
    public enum Action: Sendable, Hashable {
        case listBackups
        case chooseCluster
        /// The newest backup that there is, to this machine.
        case takeNewest
        /// One revision that an etcd version wrote.
        case pickRevisionOfVersion
        /// Another source of the same backups, one that lists them.
        case useOtherSource
        /// A program of the system: `findmnt`.
        case run(String)
        /// A source with its place: `service`, `URL`.
        case use(source: String, place: String)
        /// What there is to know about values that a script's user gives, secret ones among them.
        case learnAboutParameters
        /// How a cluster is recovered from what a layout is about.
        case learnAboutRecovery(layout: String)
        /// Back to the real world.
        case leaveDrill
    }

    public var parts: [Part]

    public init(parts: [Part]) {
        self.parts = parts
    }
}

extension NextStep: ExpressibleByStringInterpolation {
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) {
            appendInterpolation(literal)
        }

        /// Texts that follow each other are one part, so that equal steps are equal.
        public mutating func appendInterpolation(_ text: String) {
            if text.isEmpty { return }
            guard case .text(let before)? = parts.last else { return parts.append(.text(text)) }
            parts[parts.count - 1] = .text(before + text)
        }

        public mutating func appendInterpolation(setting name: String, _ value: String? = nil) {
            parts.append(.setting(name, value: value))
        }

        public mutating func appendInterpolation(_ action: Action) {
            parts.append(.action(action))
        }

        public mutating func appendInterpolation(line: String) {
            parts.append(.line(line))
        }
    }

    public init(stringLiteral text: String) {
        parts = [.text(text)]
    }

    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }
}
