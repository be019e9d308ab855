extension RecoveryGuide {
    /// docs.k0sproject.io/stable/backup, `k0s restore --help` (k0s 1.34).
    static func k0s(_ backup: RecoverySubject) -> RecoveryGuide {
        let file = backup.storedFile
        // cmd/restore/restore.go, defaultConfigFileOutputPath: the archive's own time.
        let configuration =
            backup.storedFileName.flatMap { name in
                name.hasPrefix("k0s_backup_") ? name.dropFirst("k0s_backup_".count).prefix { $0 != "." } : nil
            }.map { PathText.shellQuoted("k0s_\($0).yaml") } ?? "k0s_TIME.yaml"
        return RecoveryGuide(
            name: "k0s",
            layout: "k0s",
            product: "k0s",
            summary: "'k0s restore' takes the whole archive",
            input: .stored(folder: nil),
            needs: "the whole archive, and a controller with k0s and an empty /var/lib/k0s",
            steps: [
                .key(
                    "On a fresh controller, restore. It writes \(configuration) into the current folder.",
                    at: "on a fresh controller",
                    "k0s restore \(file)"
                ),
                .key(
                    "There, start the controller with that configuration.",
                    at: "there",
                    "k0s install controller --config \(configuration)",
                    "k0s start"
                ),
                .step("Join the other controllers anew.", "k0s token create --role=controller"),
            ],
            remarks: [
                "The archive holds certificates, the snapshot, k0s.yaml and manifests: keep it secret.",
                "With k0sctl, all in one: k0sctl apply --restore-from ARCHIVE.",
                "It refuses a data directory in which any of that is there already.",
                "On a machine with another address, spec.storage.etcd.peerAddress in that file must be changed or"
                    + " removed. The load balancer's address must stay the same.",
            ],
            documentation: "docs.k0sproject.io/stable/backup/"
        )
    }
}
