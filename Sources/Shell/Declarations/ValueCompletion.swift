/// What a value names, which decides where its completions come from.
enum ValueCompletion: Sendable {
    case none
    case oneOf([String])
    case cluster
    /// A cluster of a place that nobody has asked yet: there is nothing to offer.
    case clusterOfPlace
    case namespace
    /// `max`, `min` or a backup's name.
    case choice
    case backupName
    case version
    /// A node whose etcd there are backups of.
    case node
    /// A kind that backups are of.
    case backupKind
    case file
    case folder
    case fact
    case comparison
    case topic

    /// Whether it names a file or a folder.
    var isPath: Bool {
        switch self {
        case .file, .folder: true
        default: false
        }
    }
}
