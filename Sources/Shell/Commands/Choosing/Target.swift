import Backups

extension CommandDeclaration {
    private static let version = ArgumentKey("VERSION", .target)

    static let target = CommandDeclaration(
        words: ["target"],
        summary: "set the etcd version that will run",
        details: [
            "Backups that can't be restored into it are not picked.",
            "A backup can be restored into its own minor version and into the next one:",
            "target 3.2 accepts backups of 3.1 and 3.2. Without a target every backup is accepted;",
            "'target any' removes the target.",
        ],
        arguments: [version],
        examples: [
            .init("target 3.4.23", "accepts backups of etcd 3.3 and 3.4"),
            .init("target any", "accepts backups of every etcd"),
        ],
        records: [.target],
        dryRun: .asUsual,
        run: { invocation, session in
            guard case .version(let version) = try invocation[version] else {
                session.target = nil
                session.output.result("target any etcd", json: TargetRecord(target: nil))
                return
            }
            session.target = version
            session.output.repetition("target etcd \(version)", json: TargetRecord(target: version.description))
            if let pick = session.pick, let own = pick.version, !own.isRestorable(into: version) {
                session.output.warning(
                    "the pick, \(pick.name), is of etcd \(own) and can't be restored into \(version);"
                        + " pick again"
                )
            }
        }
    )

    private struct TargetRecord: Encodable {
        let kind = "target"
        /// `nil` for any.
        let target: String?
    }
}

/// The etcd that will run: one version, or any.
enum TargetVersion: Sendable {
    case any
    case version(EtcdVersion)
}
