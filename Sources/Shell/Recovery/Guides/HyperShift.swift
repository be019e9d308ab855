extension RecoveryGuide {
    /// hypershift.pages.dev/how-to/aws/etc-backup-restore, "Restoring an etcd snapshot" (HyperShift 0.1.81).
    static func hypershift(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "hypershift",
            layout: "hypershift",
            product: "HyperShift",
            summary: "create a hosted cluster from the snapshot",
            input: .place,
            needs: "the secret that spec.secretEncryption names, with the key of that time",
            steps: [
                .key(
                    "Make a URL that needs no credentials.",
                    "aws s3 presign \(backup.bucketPlace())"
                ),
                .key(
                    "In the HostedCluster (of 'hypershift create cluster --render'), set"
                        + " spec.etcd.managed.storage.restoreSnapshotURL to a list with that URL, and create it."
                ),
                .step("Wait for its etcd and its API server.", "oc get hostedcluster -A"),
            ],
            placeholders: [
                ("BUCKET", "the bucket"),
                ("KEY", "the file's name in it"),
            ],
            remarks: [
                "A snapshot can be restored when the hosted cluster is created, and not later.",
                "The encryption key must be the one that the snapshot was written with.",
            ],
            documentation: "hypershift.pages.dev/how-to/aws/etc-backup-restore/"
        )
    }
}
