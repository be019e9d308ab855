public import Backups

extension Volume {
    private static let folder = SourcePlace.optional("DIR", .folder)

    /// How a user names a volume.
    public static let declaration = SourceDeclaration(
        name: "pv",
        summary: "takes the backups from a volume: a mounted disk, or a copy of one",
        details: """
            DIR is the folder where the volume is mounted, its v1 folder, or the root of a disk that has \
            var/etcd-backup; without it, \(defaultPath) is used. Where a cluster is chosen already, the volume must \
            have a backup of it.
            """,
        place: folder,
        examples: [
            SourceExample(summary: "the usual place, \(defaultPath)"),
            SourceExample("/mnt/rescue", summary: "a disk that is mounted elsewhere"),
        ]
    ) { path, _, _ in
        try await source(at: path ?? defaultPath)
    }
}
