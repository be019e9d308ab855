/// The guides there are: a file each in the folder `Guides`, and a line here.
enum RecoveryGuides {
    /// In the order in which they are listed: the most used first.
    private static let makers: [@Sendable (RecoverySubject) -> RecoveryGuide] = [
        { .plain($0) }, { .kubeadm($0) }, { .k3s($0) }, { .rke2($0) }, { .rke($0) }, { .kops($0) }, { .openshift($0) },
        { .hypershift($0) }, { .talos($0) }, { .omni($0) }, { .k0s($0) }, { .gardener($0) }, { .bitnami($0) },
        { .kubespray($0) }, { .kubekey($0) }, { .kubermatic($0) }, { .giantswarm($0) }, { .cozystack($0) },
        { .vcluster($0) }, { .kamaji($0) }, { .charmed($0) }, { .bosh($0) }, { .oracle($0) },
        { .etcdCloudOperator($0) }, { .operator($0) }, { .restoreOperator($0) },
    ]

    /// All of them, filled in with what is known of a backup.
    static func all(_ subject: RecoverySubject = .unknown) -> [RecoveryGuide] { makers.map { $0(subject) } }

    static let names = all().map(\.name)

    /// The guide that users name so.
    /// The command that shows the help on what a layout is about.
    static func line(forLayout layout: String) -> String {
        (["help", HelpTopic.recovery.rawValue] + [all().first { $0.layout == layout }?.name].compactMap(\.self))
            .joined(separator: " ")
    }

    static func named(_ name: String) -> RecoveryGuide? { all().first { $0.name == name } }

    /// Those of a layout's distributions. Where the place shows which of several it is, only that one.
    static func of(layout: String?, _ subject: RecoverySubject) -> [RecoveryGuide] {
        let guides = all(subject).filter { $0.layout == layout }
        let shown = guides.filter { subject.isBelow($0.name) }
        return shown.count == 1 ? shown : guides
    }

    /// What `help recovery` shows.
    static var overview: String {
        "  'help recovery NAME' shows the whole way from a backup to a running cluster,\n"
            + "  in the commands of what made the backup. 'info' and 'get' end with its key\n"
            + "  steps.\n\n"
            + TextTable.pairs(all().map { ($0.name, $0.summary) })
    }
}
