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
        return SourceSetting(
            "layout",
            value: "NAME",
            kind,
            "the layout of the backups (default: recognised)"
        )
    }
}
