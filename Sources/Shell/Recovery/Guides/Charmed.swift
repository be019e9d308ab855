extension RecoveryGuide {
    /// ubuntu.com/kubernetes/docs/backups; charmed-kubernetes/layer-etcd 2025-04 actions.yaml, metadata.yaml (the
    /// resource).
    static func charmed(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "charmed",
            layout: "charmed",
            product: "Charmed Kubernetes",
            summary: "a new etcd unit takes the archive as a resource",
            input: .stored(folder: nil),
            hasHash: false,
            needs: "the archive as it is stored, not the file in it",
            steps: [
                .key(
                    "Deploy one unit of etcd with it; the restore needs a cluster of one member.",
                    "juju deploy etcd new-etcd --resource snapshot=\(backup.storedFile)"
                ),
                .key("Restore.", "juju run new-etcd/0 restore"),
                .step("Relate it as the old one was, and add units.", "juju add-unit new-etcd -n 2"),
            ],
            remarks: [
                "With Juju 2: juju run-action new-etcd/0 restore --wait.",
                "The archive holds a copy of a member's file, taken while it ran, without a hash: 'get' looks for"
                    + " damage, and nothing proves that the file is whole.",
                "Without the charm: 'restore' with --skip-hash-check, and for Kubernetes"
                    + " \(RestoreOffer.optionsForKubernetes) ('help recovery plain').",
            ],
            documentation: "ubuntu.com/kubernetes/charmed-k8s/docs/backups"
        )
    }
}
