extension RecoveryGuide {
    /// clastix/kamaji-etcd 0.17 docs/restore.md, scripts/restore.sh.
    static func kamaji(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "kamaji",
            layout: "kamaji",
            product: "kamaji-etcd",
            summary: "its script restores all members from the bucket",
            input: .place,
            needs: "the secret backup-storage-secret in etcd's namespace, for the bucket",
            steps: [
                .step("Scale the tenants' control planes to zero.", "kubectl -n NS scale tcp TENANT --replicas=0"),
                .key(
                    "In a checkout of clastix/kamaji-etcd, run the script with the name in the bucket.",
                    at: "in a checkout of clastix/kamaji-etcd",
                    "scripts/restore.sh -e ETCD -s SERVICE -n NAMESPACE -f \(backup.storedName)"
                ),
                .step("Scale the control planes up again.", "kubectl -n NS scale tcp TENANT --replicas=N"),
            ],
            placeholders: [
                ("ETCD", "the StatefulSet"),
                ("SERVICE", "its headless service"),
                ("NAMESPACE", "where both are"),
            ],
            remarks: [
                "ETCD is the StatefulSet, SERVICE its headless service (mostly the same name).",
                "It stops etcd, deletes the data of its volumes, and restores into them; three members are assumed.",
                "All tenants whose data are in this etcd go back to that time.",
            ],
            documentation: "github.com/clastix/kamaji-etcd/blob/master/docs/restore.md"
        )
    }
}
