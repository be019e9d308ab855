extension RecoveryGuide {
    /// coreos/etcd-operator 0.6.1 doc/user/spec_examples.md, "Cluster recovery": spec.restore.
    static func `operator`(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "operator",
            layout: "operator",
            product: "etcd operator, to 0.7",
            summary: "our 'restore', or a new EtcdCluster by spec.restore",
            isOurs: true,
            steps: [
                .step("Stop what writes to the cluster."),
                .step(
                    "Without the operator, which is no longer maintained: make a data directory.",
                    "snapsh restore \(backup.file) --data-dir NEW"
                ),
                .step("Start etcd with it. 'restore' prints the line.", "etcd --name default --data-dir NEW …"),
                .step(
                    "With the operator: delete the EtcdCluster, and create it again with spec.restore:"
                        + " backupClusterName \(backup.clusterInManifest()), storageType S3 or"
                        + " PersistentVolume, and the same spec.backup. It takes the newest backup."
                ),
            ],
            remarks: [
                "For Kubernetes add '\(RestoreOffer.optionsForKubernetes)' to 'restore'.",
                "'serve' takes the place of a lost backup sidecar.",
            ],
            documentation: "github.com/coreos/etcd-operator v0.6.1, doc/user/spec_examples.md"
        )
    }

    /// coreos/etcd-operator 0.9.4 doc/user/walkthrough/restore-operator.md.
    static func restoreOperator(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "operator-0.8",
            layout: "operator-0.8",
            product: "etcd operator, from 0.8",
            summary: "create an EtcdRestore, or our 'restore'",
            input: .place,
            needs: "the backup in the bucket, and a secret with AWS's config and credentials",
            steps: [
                .step(
                    "Deploy the restore operator.",
                    "kubectl create -f example/etcd-restore-operator/deployment.yaml"
                ),
                .key(
                    "Create an EtcdRestore (etcd.database.coreos.com/v1beta2) named as the EtcdCluster:"
                        + " spec.etcdCluster.name, backupStorageType S3, s3.path \(backup.bucketPathInManifest), s3.awsSecret."
                ),
                .step("Check it.", "kubectl get etcdrestore CLUSTER -o yaml"),
                .step(
                    "Without the operator, which is no longer maintained: make a data directory.",
                    "snapsh restore \(backup.file) --data-dir NEW"
                ),
                .step("Delete the EtcdRestore at the end; the cluster stays.", "kubectl delete etcdrestore CLUSTER"),
            ],
            placeholders: [
                ("BUCKET", "the bucket"),
                ("KEY", "the file's name in it"),
            ],
            remarks: [
                "The EtcdCluster must exist: the operator replaces its members by one from the backup.",
                "For Kubernetes add '\(RestoreOffer.optionsForKubernetes)' to 'restore'.",
            ],
            documentation: "github.com/coreos/etcd-operator, doc/user/walkthrough/restore-operator.md"
        )
    }
}
