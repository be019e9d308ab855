extension RecoveryGuide {
    /// The whole way, for one screen: lines of up to 80 columns, as long as nothing is filled in.
    var text: String {
        var lines = ["  \(product): \(summary)", ""]
        if let needs { lines.append(Self.wrapped("needs", needs)) }
        for (number, step) in zip(1..., firstSteps + steps) {
            lines.append(Self.wrapped("\(number)", step.text))
            lines += step.commands.map(Self.wrappedCommand)
        }
        lines += remarks.map { Self.wrapped("-", $0) }
        if let documentation { lines.append(Self.wrapped("see", documentation)) }
        return lines.joined(separator: "\n")
    }

    /// What snapsh does for it, where that is more than a plain `get`.
    private var firstSteps: [Step] {
        guard let getCommand, input != .snapshot else { return [] }
        return [.step("In snapsh, after 'pick':", getCommand)]
    }

    private static let width = 80

    private static func wrapped(_ lead: String, _ text: String) -> String {
        let lead = "  " + lead + " "
        return (lead + text).wrapped(to: width, indent: String(repeating: " ", count: lead.count - 2))
    }

    /// One command in as many lines as it takes, each but the last ending in a backslash.
    private static func wrappedCommand(_ command: String) -> String {
        let indent = "      "
        var lines = [indent]
        for word in units(of: command) {
            let line = lines[lines.count - 1]
            let isEmpty = line.allSatisfy { $0 == " " }
            // A space and the backslash need room, too.
            if !isEmpty, line.count + 1 + word.count + 2 > width {
                lines[lines.count - 1] += " \\"
                lines.append(indent + "  " + word)
            } else {
                lines[lines.count - 1] += (isEmpty ? "" : " ") + word
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The words of a command, an option with its value as one.
    private static func units(of command: String) -> [String] {
        var units: [String] = []
        for word in command.split(separator: " ") {
            if let last = units.last, last.hasPrefix("-"), !last.contains("="), !last.contains(" "),
                !word.hasPrefix("-")
            {
                units[units.count - 1] += " " + word
            } else {
                units.append(String(word))
            }
        }
        return units
    }
}
