extension RecoveryGuide {
    /// vcluster.com/docs, `vcluster restore --help` (vCluster 0.35).
    static func vcluster(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "vcluster",
            layout: "vcluster",
            product: "vCluster",
            summary: "'vcluster restore' takes the archive in its place",
            input: .place,
            needs: "the archive in its place: the snapshot alone is not enough",
            steps: [
                .step("See that the virtual cluster is there.", "vcluster list"),
                .key(
                    "Restore it from the same place.",
                    "vcluster restore VCLUSTER \(backup.bucketPlace()) -n NAMESPACE"
                ),
                .step("Use it again.", "vcluster connect VCLUSTER -n NAMESPACE"),
            ],
            placeholders: [
                ("VCLUSTER", "the virtual cluster"),
                ("NAMESPACE", "its namespace"),
                ("BUCKET", "the bucket"),
                ("KEY", "the file's name in it"),
            ],
            remarks: [
                "Places are s3://BUCKET/KEY, oci://REGISTRY/REPOSITORY:TAG and container:///PATH (a path in its"
                    + " container, to which '--pod-mount pvc:CLAIM:/PATH' adds a volume).",
                "The archive also holds the Helm release and its values.",
                "Archives before 0.35, and of other stores, hold keys and no snapshot of etcd.",
            ],
            documentation: "www.vcluster.com/docs/vcluster/cli/vcluster_restore"
        )
    }
}
