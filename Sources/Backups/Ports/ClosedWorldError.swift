import Text

/// What a session asks for is not in the closed world that it lives in.
package struct ClosedWorldError: UserError, Equatable {
    /// A server's URL, or a folder as the user named it.
    package var place: String
    /// The drill's name.
    package var drill: String

    package init(_ place: String, in world: ClosedWorld) {
        self.place = place
        drill = world.name
    }

    package var code: String { "drill.outside" }
    package var category: ErrorCategory { .unreachable }
    package var description: String { "cannot reach \(place.printable) from the drill \(drill.printable)" }
    package var nextStep: NextStep? { "leave the drill first: \(.leaveDrill)" }
}
