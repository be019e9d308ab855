import Text

extension [any Layout] {
    /// What each is, in a few words.
    public var summaries: [String] { map(\.summary) }

    /// What each name means, as the rest of a sentence: `operator (backups of …) or plain (snapshot files …)`.
    public var meanings: String { map { "\($0.name) (\($0.summary))" }.joined(separator: " or ") }
}

extension SourceSetting where Result == LayoutChoice? {
    /// How the backups are laid out, for a source whose layout is recognised otherwise.
    public static func layout(among layouts: [any Layout]) -> SourceSetting {
        let kind = SettingKind("a layout's name", meaning: .oneOf(layouts.map(\.name))) { name throws(SettingError) in
            do throws(LayoutError) {
                return try LayoutChoice(of: layouts, named: name)
            } catch {
                throw SettingError(error.description, nextStep: error.nextStep)
            }
        }
        let names = layouts.map(\.name).joined(separator: " or ")
        return SourceSetting(
            "layout",
            value: "NAME",
            kind,
            "the layout of the backups (default: recognised): \(names)"
        )
    }
}
