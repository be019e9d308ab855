extension RecoveryGuide {
    /// etcd.io/docs/v3.6/op-guide/recovery; the steps are those of our `restore`.
    static func plain(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "plain",
            layout: "plain",
            product: "any etcd",
            summary: "restore the file, and start etcd on the result",
            isOurs: true,
            steps: [
                .step("Stop etcd on all members, and what writes to it (Kubernetes: the API servers)."),
                .step(
                    "One member: make its data directory.",
                    "snapsh restore \(backup.file) --data-dir NEW"
                ),
                .step(
                    "Several: make all directories from the same file, and copy each to its machine.",
                    "snapsh restore \(backup.file) --all NEW --initial-cluster"
                        + " m1=https://IP1:2380,m2=https://IP2:2380"
                ),
                .step("Give the directory to the user that etcd runs as.", "chown -R etcd:etcd NEW"),
                .step("Start etcd with it. 'restore' prints the line.", "etcd --name m1 --data-dir NEW …"),
                .step("Start what uses etcd."),
            ],
            remarks: [
                "For Kubernetes add '\(RestoreOffer.optionsForKubernetes)', so that no controller trusts"
                    + " what it remembers.",
                "A copy of a member's 'member/snap/db' has no hash: add '--skip-hash-check'.",
                "Never start a restored member beside members of the old cluster.",
            ],
            documentation: "etcd.io/docs/latest/op-guide/recovery/"
        )
    }
}
