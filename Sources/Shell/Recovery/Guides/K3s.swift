extension RecoveryGuide {
    /// docs.k3s.io/cli/etcd-snapshot, "Restoring Snapshots" (k3s 1.34).
    static func k3s(_ backup: RecoverySubject) -> RecoveryGuide {
        reset(
            backup,
            name: "k3s",
            product: "k3s",
            service: "k3s",
            documentation: "docs.k3s.io/cli/etcd-snapshot"
        )
    }

    /// docs.rke2.io/datastore/backup_restore, "Restoring a Snapshot to Existing Nodes" and "… to New Nodes" (RKE2
    /// 1.34).
    static func rke2(_ backup: RecoverySubject) -> RecoveryGuide {
        reset(
            backup,
            name: "rke2",
            product: "RKE2",
            service: "rke2-server",
            documentation: "docs.rke2.io/datastore/backup_restore"
        )
    }

    private static func reset(
        _ backup: RecoverySubject,
        name: String,
        product: String,
        service: String,
        documentation: String
    ) -> RecoveryGuide {
        RecoveryGuide(
            name: name,
            layout: "k3s",
            product: product,
            summary: "stop it, reset the cluster from the snapshot, start it",
            needs: "the server token of that time, /var/lib/rancher/\(name)/server/token of any server",
            steps: [
                .key("Stop \(product) on all servers.", at: "on all servers", "systemctl stop \(service)"),
                .key(
                    "On one server, restore. It ends with 'restart without --cluster-reset flag'.",
                    at: "on one server",
                    "\(name) server --cluster-reset --cluster-reset-restore-path=\(backup.file)"
                ),
                .key("Start it there.", at: "there", "systemctl start \(service)"),
                .step(
                    "On each other server, delete the old database, then start it; it joins.",
                    "rm -rf /var/lib/rancher/\(name)/server/db",
                    "systemctl start \(service)"
                ),
                .step("Delete nodes that are gone.", "kubectl delete node NODE"),
            ],
            remarks: [
                "On a new machine, add '--token=TOKEN': the token decrypts certificates and keys in the snapshot.",
                "Where the configuration has etcd-s3, add '--etcd-s3=false' to use a local file.",
                "The same or a higher minor version of \(product) restores it. Old data is kept in"
                    + " server/db/etcd-old-TIME.",
                "A cluster that Rancher manages is restored in Rancher.",
            ],
            documentation: documentation
        )
    }
}
