package import Text

/// A small world that sources may connect to, instead of all that this machine reaches: that of one drill.
public struct ClosedWorld: Sendable, Equatable {
    /// The drill's name: `service-gone`.
    package var name: String
    /// The folder that volumes must lie in; absolute, without links.
    package var folder: String
    /// Names of folders that stand for others: `/var/etcd-backup` for one below `folder`. Absolute, all of them.
    package var folders: [String: String]
    /// Where requests go that are for these hosts: a port of 127.0.0.1. Names are in lower case, each has a port.
    package var ports: [HostAndPort: Int]
    /// Places of this world where nothing answers: whoever connects there is refused.
    package var closedPorts: Set<HostAndPort>
    /// The environment of a session in it, instead of the process's.
    package var environment: [String: String]
    /// The home directory of a session in it.
    package var home: String

    package init(
        name: String,
        folder: String,
        folders: [String: String] = [:],
        ports: [HostAndPort: Int] = [:],
        closedPorts: Set<HostAndPort> = [],
        environment: [String: String] = [:],
        home: String
    ) {
        self.name = name
        self.folder = folder
        self.folders = folders
        self.ports = ports
        self.closedPorts = closedPorts
        self.environment = environment
        self.home = home
    }
}

// MARK: - Servers

extension ClosedWorld {
    /// Where a connection to a server leads.
    package enum Route: Sendable, Equatable {
        /// To a port of 127.0.0.1.
        case port(Int)
        /// Nothing answers there.
        case refused
        /// Out of this world.
        case outside
    }

    /// - Parameter place: With its port.
    package func route(to place: HostAndPort) -> Route {
        let place = HostAndPort(host: place.host.lowercased(), port: place.port)
        for place in [place, place.withoutNamespace] {
            if let port = ports[place] { return .port(port) }
            if closedPorts.contains(place) { return .refused }
        }
        return .outside
    }
}

extension HostAndPort {
    /// The short form of a service's full name in Kubernetes: `foo` of `foo.prod.svc.cluster.local`.
    fileprivate var withoutNamespace: HostAndPort {
        let labels = host.split(separator: ".")
        guard labels.count > 3, labels[2] == "svc" else { return self }
        return HostAndPort(host: String(labels[0]), port: port)
    }
}

// MARK: - Folders

extension ClosedWorld {
    /// Where a folder is that goes by a name of `folders`, or lies below one: the longest name decides.
    ///
    /// - Returns: `nil` for all others.
    package func place(of path: String) -> String? {
        guard path.hasPrefix("/") else { return nil }
        let parts = Self.parts(of: path)
        let names = folders.map { (parts: Self.parts(of: $0.key), place: $0.value) }
        let longest = names.filter { parts.starts(with: $0.parts) }.max { $0.parts.count < $1.parts.count }
        return longest.map { name in
            parts.dropFirst(name.parts.count).reduce(name.place) { "\($0)/\($1)" }
        }
    }

    /// Whether a path lies in this world.
    ///
    /// - Parameter path: Absolute, without links.
    package func contains(_ path: String) -> Bool { Self.isAt(path, orBelow: folder) }

    /// Whether a path is a folder's, or of something below it, by its text alone.
    package static func isAt(_ path: String, orBelow folder: String) -> Bool {
        path.hasPrefix("/") && parts(of: path).starts(with: parts(of: folder))
    }

    /// The names in an absolute path, those resolved that lead nowhere or up.
    private static func parts(of path: String) -> [String] {
        PathParts.names(in: path).reduce(into: []) { parts, name in
            switch name {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(name)
            }
        }
    }
}
