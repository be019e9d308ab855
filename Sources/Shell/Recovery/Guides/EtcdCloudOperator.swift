extension RecoveryGuide {
    /// Quentin-M/etcd-cloud-operator 3.4.4b README.md, "Disaster recovery"; pkg/operator/operator.go.
    static func etcdCloudOperator(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "etcd-cloud-operator",
            layout: "etcd-cloud-operator",
            product: "etcd-cloud-operator",
            summary: "it restores the highest revision by itself",
            input: .place,
            steps: [
                .key("Bring all instances of the group back: with the quorum lost, the operator restores by itself."),
                .step("Watch its log: it says from which snapshot it seeds."),
                .step(
                    "For an older snapshot, use 'restore', and run etcd without the operator.",
                    "snapsh restore \(backup.file) --data-dir NEW"
                ),
            ],
            remarks: [
                "It takes the snapshot with the highest revision, of the bucket or of a member that lives.",
                "For Kubernetes add '\(RestoreOffer.optionsForKubernetes)' to 'restore'.",
                "It purges snapshots by age: copy the one that you need out of its bucket first.",
            ],
            documentation: "github.com/Quentin-M/etcd-cloud-operator"
        )
    }
}
