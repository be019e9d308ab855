extension RecoveryGuide {
    /// kops.sigs.k8s.io/operations/etcd_backup_restore_encryption, "Restore backups" (kops 1.34).
    static func kops(_ backup: RecoverySubject) -> RecoveryGuide {
        let store = backup.bucketPlace(above: 2, or: "STORE")
        return RecoveryGuide(
            name: "kops",
            layout: "kops",
            product: "kops",
            summary: "order etcd-manager to restore, and restart it",
            input: .place,
            needs: "etcd-manager-ctl, and write access to the state store",
            steps: [
                .step(
                    "List the backups of the cluster's etcd.",
                    "etcd-manager-ctl --backup-store=\(store) list-backups"
                ),
                .key(
                    "Order the restore. Nothing happens yet.",
                    "etcd-manager-ctl --backup-store=\(store) restore-backup"
                        + " \(backup.storedFolder)"
                ),
                .step("The same for 'events' (and 'cilium'): each has its own store and its own backups."),
                .key(
                    "On every control-plane node, stop the etcd-manager containers; they start again and restore."
                ),
                .step("Follow it on the leader, in /var/log/etcd.log and /var/log/etcd-events.log."),
                .step(
                    "Check that there are as many addresses as control-plane nodes. Delete others in etcd, below"
                        + " /registry/masterleases/.",
                    "kubectl get endpoints/kubernetes -o yaml"
                ),
            ],
            placeholders: [
                ("STORE", "s3://BUCKET/CLUSTER/backups/etcd/main, of the state store"),
                ("DIR", "the backup's folder there"),
            ],
            remarks: [
                "STORE is s3://BUCKET/CLUSTER/backups/etcd/main, DIR the backup's folder, as 2026-11-23T01:02:03Z-000007.",
                "The API server is down meanwhile. A restore can only be undone by another one.",
            ],
            documentation: "kops.sigs.k8s.io/operations/etcd_backup_restore_encryption/"
        )
    }
}
