extension ClosedWorld {
    /// The environment of a session in a world: the process's, without what would lead to the real clusters, buckets
    /// and machines, or through a proxy.
    ///
    /// - Parameters:
    ///   - process: The process's.
    ///   - home: The home directory of a session in the world.
    ///   - added: The world's own variables.
    package static func environment(
        of process: [String: String],
        home: String,
        adding added: [String: String] = [:]
    ) -> [String: String] {
        var environment = process.filter { name, _ in !leadsOut(name) }
        environment["HOME"] = home
        return environment.merging(added) { $1 }
    }

    private static func leadsOut(_ name: String) -> Bool {
        let upper = name.uppercased()
        return prefixes.contains(where: upper.hasPrefix) || names.contains(upper) || upper.hasSuffix("_PROXY")
    }

    /// Of what finds its servers and its keys in the environment.
    private static let prefixes = ["AWS_", "AZURE_", "ETCD", "GOOGLE_", "KUBE", "RCLONE_"]

    /// Folders of the real home, and those that the process was started in.
    private static let names: Set = [
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "PWD", "OLDPWD",
    ]
}
