/// What there is to know beside the settings of a source, under a name of its own: `credentials`.
public struct SourceTopic: Sendable {
    /// One word; what several sources have in common is one topic.
    public let name: String
    /// Lines of up to 80 columns, with the settings and actions in them.
    public let text: NextStep

    public init(_ name: String, _ text: NextStep) {
        self.name = name
        self.text = text
    }
}

extension SourceTopic {
    /// The layouts that are known, each in a few words.
    public static func layouts(_ layouts: [any Layout]) -> SourceTopic {
        let width = layouts.map(\.name.count).max() ?? 0
        let lines = layouts.map { layout in
            "  " + layout.name + String(repeating: " ", count: width - layout.name.count + 2) + layout.summary
        }
        return SourceTopic(
            "layouts",
            """
              How backups lie in a place is recognised; \(setting: "layout", "NAME") decides otherwise.

            \(lines.joined(separator: "\n"))
            """
        )
    }
}
