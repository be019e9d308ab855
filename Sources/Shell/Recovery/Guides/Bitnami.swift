extension RecoveryGuide {
    /// bitnami/charts bitnami/etcd README.md, "Backup and restore" (chart 12).
    static func bitnami(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "bitnami",
            layout: "bitnami",
            product: "Bitnami's etcd chart",
            summary: "install a release that starts from the snapshot",
            needs: "the passwords of the old release",
            steps: [
                .step("Make a volume claim that several pods can mount (ReadWriteMany), and mount it in a pod."),
                .step("Copy the file to its top.", "kubectl cp \(backup.file) POD:/backup/\(backup.fileName)"),
                .key(
                    "Install a new release from it.",
                    "helm install NEW oci://registry-1.docker.io/bitnamicharts/etcd"
                        + " --set startFromSnapshot.enabled=true --set startFromSnapshot.existingClaim=CLAIM"
                        + " --set startFromSnapshot.snapshotFilename=\(backup.fileNameForHelm)"
                        + " --set auth.rbac.rootPassword=PASSWORD --set replicaCount=3"
                ),
                .step(
                    "Check it, and point what uses etcd to it.",
                    "kubectl get pods -l app.kubernetes.io/instance=NEW"
                ),
            ],
            placeholders: [
                ("NEW", "a name for the release"),
                ("CLAIM", "the volume claim that the file was copied to"),
                ("PASSWORD", "the old release's root password"),
            ],
            remarks: [
                "The claim of the chart's own disaster recovery ('/snapshots' in the pods) can be that claim.",
                "For the next 'helm upgrade', take startFromSnapshot out of the values again.",
            ],
            documentation: "github.com/bitnami/charts/tree/main/bitnami/etcd"
        )
    }
}
