import Text

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
            "how the backups are laid out, where it is not recognised: \(names)"
        )
    }
}
