/// A layout that takes names for backups which the layout of their place ignores.
public struct OtherLayout: Sendable, Hashable {
    /// What users call it.
    public var name: String
    /// How many such names were seen.
    public var count: Int
    /// One of them.
    public var example: String
}

extension LayoutChoice {
    /// The layout that takes most of those names for backups which another one ignores.
    func otherLayout(than own: any Layout, in folder: FolderView) -> OtherLayout? {
        let ignored = folder.files.filter {
            if case .ignored(_, hasOtherForm: true) = own.parse($0) { true } else { false }
        }
        if ignored.isEmpty { return nil }
        return layouts.filter { $0.match(folder) != nil }.compactMap { layout in
            let taken = ignored.filter { if case .backup = layout.parse($0) { true } else { false } }
            return taken.last.map { OtherLayout(name: layout.name, count: taken.count, example: $0) }
        }.max { $0.count < $1.count }
    }
}
