extension RecoveryGuide {
    /// The whole way, for one screen: lines of up to `width` columns, as long as nothing is filled in.
    func text(width: Int = 80) -> String {
        let screen = ScreenText(width: width, breaksCommands: true)
        var lines = ["  \(product): \(summary)", ""]
        if let needs { lines.append(Self.wrapped("needs", needs, width)) }
        for (number, step) in zip(1..., firstSteps + steps) {
            lines.append(Self.wrapped("\(number)", step.text, width))
            lines += step.commands.map { screen.text("      \(Copyable.marked($0))") }
        }
        lines += remarks.map { Self.wrapped("-", $0, width) }
        if let documentation { lines.append(Self.wrapped("see", documentation, width)) }
        return lines.joined(separator: "\n")
    }

    /// What snapsh does for it, where that is more than a plain `get`.
    private var firstSteps: [Step] {
        guard let getCommand, input != .snapshot else { return [] }
        return [.step("In snapsh, after 'pick':", getCommand)]
    }

    private static func wrapped(_ lead: String, _ text: String, _ width: Int) -> String {
        let lead = "  " + lead + " "
        return (lead + text).wrapped(to: width, indent: String(repeating: " ", count: lead.count - 2))
    }
}
