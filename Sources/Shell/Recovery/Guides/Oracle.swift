extension RecoveryGuide {
    /// oracle-samples/maa 2026-03 kubernetes-maa/maak8-etcd-restore.sh; docs.oracle.com, "Restore Kubernetes clusters
    /// based on etcd snapshots".
    static func oracle(_ backup: RecoverySubject) -> RecoveryGuide {
        let folder = backup.folder(named: "etcd_snapshot_")
        return RecoveryGuide(
            name: "oracle",
            layout: "oracle",
            product: "Oracle MAA",
            summary: "its script restores all nodes from the whole folder",
            input: .place,
            needs: "the whole folder etcd_snapshot_DATE, where all nodes can read it; maak8s.env",
            steps: [
                .step("Fill in maak8s.env beside the script: user, ssh_key, etcdctlhome, init_port, infra_pod_list."),
                .key(
                    "Run the script. It asks before it stops the control plane.",
                    "./maak8-etcd-restore.sh"
                        + " \(folder.map { backup.diskPlace(above: $0.levels + 1, or: "DIR") } ?? "DIR")"
                        + " \(folder?.rest ?? "DATE") KUBECONFIG"
                ),
                .step(
                    "Check the cluster, and the log in restore_attempted_TIME below the folder.",
                    "kubectl get pods -A"
                ),
            ],
            placeholders: [
                ("DIR", "the folder that etcd_snapshot_DATE is in, where all nodes can read it"),
                ("DATE", "the rest of that folder's name"),
                ("KUBECONFIG", "the path of a kubeconfig"),
            ],
            remarks: [
                "It takes the snapshot of the node that etcd_master.log names, for all nodes, and puts sa.key and"
                    + " sa.pub of that time back.",
                "The clusters are those of kubeadm: 'help recovery kubeadm' works without the script.",
            ],
            documentation: "github.com/oracle-samples/maa/tree/main/kubernetes-maa"
        )
    }
}
