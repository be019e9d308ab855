import Text

/// What a session asks for is not in the closed world that it lives in.
package struct ClosedWorldError: UserError, Equatable {
    /// What was to be done there.
    package var action: Action
    /// A server's URL or address, or a path as the user named it.
    package var place: String
    /// The drill's name.
    package var drill: String

    package enum Action: String, Sendable {
        case reach
        case write
        /// Listen there.
        case serve = "serve at"
    }

    package init(_ action: Action, _ place: String, in world: ClosedWorld) {
        self.action = action
        self.place = place
        drill = world.name
    }

    package var code: String { "drill.outside" }
    package var category: ErrorCategory { .unreachable }
    package var description: String { "cannot \(action.rawValue) \(place.printable) from the drill \(drill.printable)" }
    package var nextStep: NextStep? {
        "check the name; to reach what is outside, leave the drill first: \(.leaveDrill)"
    }
}
