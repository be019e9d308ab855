public import Backups

/// The layouts there are. A new one is a file beside this one and a line here.
public enum LayoutRegistry {
    /// In the order in which they are listed; the first is the one that an empty place is taken for.
    ///
    /// - Parameter encodings: Those that backups may have, besides none.
    public static func all(_ encodings: [BackupEncoding]) -> [any Layout] {
        [
            OperatorLayout(),
            OperatorBackupLayout(),
            K3sLayout(),
            KopsLayout(),
            GardenerLayout(),
            OpenShiftLayout(),
            BitnamiLayout(),
            RKELayout(),
            K0sLayout(),
            TalosLayout(),
            OmniLayout(),
            KubermaticLayout(),
            GiantSwarmLayout(),
            HyperShiftLayout(),
            EtcdCloudOperatorLayout(),
            KubesprayLayout(),
            KubeKeyLayout(),
            KubeadmLayout(),
            CharmedLayout(),
            CozystackLayout(),
            VClusterLayout(),
            KamajiLayout(),
            BoshLayout(),
            OracleLayout(),
            PlainLayout(encodings: encodings),
        ]
    }

    /// The layout whose names the responses of the backup service stand for.
    public static let ofBackupService: any Layout = OperatorLayout()

    /// The revision that the name of a file says for sure, wherever it lies: others have names such as `etcd-rev2.db`,
    /// too.
    public static func revision(inName name: String) -> Revision? {
        let layouts: [any Layout] = [OperatorLayout(), OperatorBackupLayout(), GardenerLayout()]
        for layout in layouts {
            if case .backup(let parsed) = layout.parse(name), let revision = parsed.revision { return revision }
        }
        return nil
    }
}
