public import Backups

extension Volume {
    private static let folder = SourcePlace.optional("DIR", .folder)

    /// How a user names a volume.
    ///
    /// - Parameter layouts: Those that it may have.
    public static func declaration(layouts: [any Layout]) -> SourceDeclaration {
        let layout = SourceSetting.layout(among: layouts)
        let timezone = SourceSetting.timezone
        return SourceDeclaration(
            name: "pv",
            otherNames: ["volume", "folder", "directory", "dir", "disk", "mount"],
            placeStarts: ["/", "./", "../", "~/"],
            summary: "use a volume: a mounted disk, or a copy of one",
            details: """
                DIR is the folder where the volume is mounted, the folder of the backups themselves, or the root of a \
                machine's disk that has them in the usual folder of a layout (default: \(defaultPath)). The layout of the \
                backups is recognised (help topic: layouts). If a cluster is chosen already, the volume must have a \
                backup of it.
                """,
            place: folder,
            settings: [layout, timezone],
            examples: [
                SourceExample(summary: "the usual place, \(defaultPath)"),
                SourceExample("/mnt/rescue", summary: "a disk that is mounted elsewhere"),
            ],
            topics: [.layouts(layouts)],
            needsCluster: false
        ) { path, values, context in
            let zone = try await values[timezone]?.zone()
            return try await source(
                at: path ?? defaultPath,
                values[layout] ?? LayoutChoice(of: layouts),
                in: context.world
            ).inTimeZone(zone)
        }
    }
}
