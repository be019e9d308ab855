extension RecoveryGuide {
    /// docs.kubermatic.com, "Automatic Etcd Backups and Restore" (KKP 2.29).
    static func kubermatic(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "kubermatic",
            layout: "kubermatic",
            product: "Kubermatic KKP",
            summary: "create an EtcdRestore on the seed",
            input: .place,
            needs: "the etcd launcher, enabled for the cluster",
            steps: [
                .step("List the cluster's backups on the seed.", "kubectl -n cluster-ID get etcdbackupconfig -o yaml"),
                .key(
                    "On the seed, in the namespace cluster-ID, create an EtcdRestore (kubermatic.k8c.io/v1):"
                        + " spec.cluster.name ID, spec.backupName (\(backup.storedNameInManifest) without 'ID-' and '.db.gz'),"
                        + " spec.destination."
                ),
                .step(
                    "Watch it. KKP pauses the cluster, rebuilds etcd, and resumes it.",
                    "kubectl -n cluster-ID get etcdrestore"
                ),
            ],
            remarks: [
                "The dashboard does the same: cluster, Backups, Restore Snapshot.",
                "While it restores, the user cluster can't be used.",
                "Without KKP: 'get', and 'restore' as any snapshot ('help recovery plain').",
            ],
            documentation: "docs.kubermatic.com/kubermatic/latest/tutorials-howtos/etcd-backups/"
        )
    }
}
