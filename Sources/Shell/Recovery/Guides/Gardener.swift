extension RecoveryGuide {
    /// gardener/etcd-backup-restore 0.43 docs/operations/manual_restoration.md, docs/deployment/getting_started.md;
    /// gardener/etcd-druid docs/usage/recovering-etcd-clusters.md, EtcdCopyBackupsTask in its API.
    static func gardener(_ backup: RecoverySubject) -> RecoveryGuide {
        let place = backup.bucketAndPrefix(before: ["v1", "v2"])
        return RecoveryGuide(
            name: "gardener",
            layout: "gardener",
            product: "Gardener",
            summary: "the sidecar restores by itself, or etcdbrctl does",
            steps: [
                .step(
                    "Stop the reconciliation, and allow changes by hand.",
                    "kubectl -n NS annotate etcd ETCD druid.gardener.cloud/suspend-etcd-spec-reconcile="
                        + " druid.gardener.cloud/disable-etcd-component-protection="
                ),
                .step(
                    "Stop etcd; delete its volumes and its members' leases.",
                    "kubectl -n NS scale sts ETCD --replicas=0",
                    "kubectl -n NS delete pvc -l instance=ETCD",
                    "kubectl -n NS delete lease ETCD-0 ETCD-1 ETCD-2"
                ),
                .step(
                    "In its ConfigMap leave one member. Start it: it restores by itself.",
                    "kubectl -n NS scale sts ETCD --replicas=1"
                ),
                .key(
                    "Or by hand, where etcd's volume is mounted, the newest with its deltas.",
                    at: "where etcd's volume is mounted, the newest with its deltas",
                    "etcdbrctl restore --storage-provider=S3 --store-container=\(place?.bucket ?? "BUCKET")"
                        + " --store-prefix=\(place?.prefix ?? "PREFIX")"
                        + " --data-dir=NEW"
                ),
                .key(
                    "Or there, this one without deltas.",
                    at: "or there, this one without deltas",
                    "snapsh restore \(backup.file) --data-dir NEW \(RestoreOffer.optionsForKubernetes)"
                ),
                .step("Take both annotations off again, each with '-' for '=': druid adds the other members."),
            ],
            placeholders: [
                ("BUCKET", "the bucket"),
                ("PREFIX", "what stands before v1/ or v2/ there"),
                ("NEW", "a directory that is not there yet"),
            ],
            remarks: [
                "'ls' says how far the deltas reach beyond a full backup.",
                "Into another bucket: EtcdCopyBackupsTask (sourceStore, targetStore) or 'etcdbrctl copy'.",
            ],
            documentation: "gardener.github.io/etcd-druid/usage/recovering-etcd-clusters/"
        )
    }
}
