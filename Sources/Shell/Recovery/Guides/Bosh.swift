extension RecoveryGuide {
    /// docs.cloudfoundry.org/bbr/restore.html (bbr 1.9.81); pivotal-cf/docs-pks 2024-10, "Restoring TKGI".
    static func bosh(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "bosh",
            layout: "bosh",
            product: "CFCR and TKGI",
            summary: "bbr restores from the backup's whole folder",
            input: .place,
            needs: "the whole folder of the backup, with its metadata file",
            steps: [
                .step("The deployment must exist with the same shape; make it again where it is lost."),
                .key(
                    "Restore from the folder, not from the file in it. BOSH_CLIENT_SECRET has the password.",
                    "bbr deployment --target DIRECTOR --username CLIENT --deployment NAME --ca-cert CERT"
                        + " restore --artifact-path \(backup.diskPlace(above: 1, or: "DIR"))"
                ),
                .step("Check the cluster.", "kubectl get nodes"),
            ],
            placeholders: [
                ("DIRECTOR", "the BOSH director's address"),
                ("CLIENT", "its user"),
                ("NAME", "the deployment"),
                ("CERT", "the director's CA"),
                ("DIR", "the backup's folder, on this machine"),
            ],
            remarks: [
                "The API server is stopped meanwhile.",
                "The backup holds tokens, addresses and certificates: a very different deployment may not fit it.",
            ],
            documentation: "docs.cloudfoundry.org/bbr/restore.html"
        )
    }
}
