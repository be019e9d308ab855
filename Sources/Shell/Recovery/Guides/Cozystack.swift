extension RecoveryGuide {
    /// cozystack/etcd-operator 0.5.4 api/v1alpha2/{etcdcluster,etcdsnapshot}_types.go: BootstrapSpec, RestoreSpec.
    static func cozystack(_ backup: RecoverySubject) -> RecoveryGuide {
        let place = backup.bucketAndKeyInManifest
        return RecoveryGuide(
            name: "cozystack",
            layout: "cozystack",
            product: "Cozystack's etcd-operator",
            summary: "create an EtcdCluster from the file",
            input: .place,
            steps: [
                .step("Stop what uses the old cluster. Keep its EtcdCluster's manifest."),
                .key(
                    "Create a new EtcdCluster whose spec.bootstrap.restore.source names the file:"
                        + " s3 (endpoint, bucket \(place.bucket), key \(place.key),"
                        + " credentialsSecretRef), or pvc (claimName, subPath)."
                ),
                .step("Wait until it is available.", "kubectl get etcdcluster NEW -o yaml"),
                .step("Point what uses etcd to the new cluster."),
            ],
            placeholders: [
                ("BUCKET", "the bucket"),
                ("KEY", "the file's name in it"),
            ],
            remarks: [
                "key and subPath are those of the one file, not a folder's.",
                "It is read once, at the first start; it can't be added to a cluster that exists.",
                "That is of version 0.5 (v1alpha2). For others: 'help recovery plain'.",
            ],
            documentation: "github.com/cozystack/etcd-operator"
        )
    }
}
