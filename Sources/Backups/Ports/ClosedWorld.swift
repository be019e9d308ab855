package import Text

/// A small world that sources may connect to, instead of all that this machine reaches: a drill's.
package struct ClosedWorld: Sendable, Equatable {
    /// What it is called in errors: `the drill service-gone`.
    package var name: String
    /// The folder that volumes must lie in; absolute, without links.
    package var folder: String
    /// Names of folders that stand for others: `/var/etcd-backup` for one below `folder`.
    package var folders: [String: String]
    /// Where requests go that are for these hosts: a port of 127.0.0.1.
    package var ports: [HostAndPort: Int]
    /// The environment of a session in it, instead of the process's.
    package var environment: [String: String]
    /// The home directory of a session in it.
    package var home: String

    package init(
        name: String,
        folder: String,
        folders: [String: String] = [:],
        ports: [HostAndPort: Int] = [:],
        environment: [String: String] = [:],
        home: String
    ) {
        self.name = name
        self.folder = folder
        self.folders = folders
        self.ports = ports
        self.environment = environment
        self.home = home
    }
}
