package import FoundationEssentials

/// Something that happened in a drill, as a line of its log has it.
package struct SandboxEvent: Sendable, Codable, Equatable {
    package enum Kind: String, Sendable, Codable {
        /// The learner's command has ended.
        case command
        case check
        case hint
        /// The solution was shown: the drill is given up.
        case solution
        /// All objectives hold, for the first time.
        case reached
        /// The learner's answers to the questions after the end.
        case answers
        /// The learner got a message.
        case message
        /// An inject took place.
        case inject
    }

    package var time: Date
    package var kind: Kind
    /// The command as it was typed, without its secrets.
    package var line: String?
    /// Why the command failed, or the message to the learner.
    package var text: String?
    /// How many objectives hold.
    package var reached: Int?
    /// The names of the mistakes that a check recognised, or of the inject.
    package var names: [String]?
    package var answers: [String]?

    package init(_ kind: Kind, at time: Date) {
        self.kind = kind
        // As exact as the log.
        self.time = Date(timeIntervalSince1970: (time.timeIntervalSince1970 * 1000).rounded() / 1000)
    }
}
