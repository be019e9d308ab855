extension RecoveryGuide {
    /// rke.docs.rancher.com/etcd-snapshots/restoring-from-backup (RKE 1.8).
    static func rke(_ backup: RecoverySubject) -> RecoveryGuide {
        let name = backup.storedName(without: ".zip")
        return RecoveryGuide(
            name: "rke",
            layout: "rke",
            product: "Rancher RKE1",
            summary: "'rke etcd snapshot-restore' builds the cluster anew",
            input: .stored(folder: "/opt/rke/etcd-snapshots/"),
            needs: "cluster.yml, and cluster.rkestate (in the archive, or beside cluster.yml)",
            steps: [
                .key("The archive must be in /opt/rke/etcd-snapshots/ of each etcd node; copy it there."),
                .key(
                    "Where cluster.yml is, restore. The name has no '.zip'.",
                    at: "where cluster.yml is",
                    "rke etcd snapshot-restore --config cluster.yml --name \(name)"
                ),
                .step("Check the cluster.", "kubectl --kubeconfig kube_config_cluster.yml get nodes"),
            ],
            remarks: [
                "This runs 'rke remove' and 'rke up': the whole cluster is deleted, and made again from the snapshot.",
                "Out of a bucket: leave out steps 1 and 2, and add --s3 --bucket-name BUCKET --access-key KEY"
                    + " --secret-key SECRET [--folder FOLDER] [--s3-endpoint HOST].",
                "Since RKE 1.1.4 the archive holds cluster.rkestate, and it is used; '--use-local-state' takes the"
                    + " local one. Recurring snapshots of some later versions lack it.",
                "A cluster that Rancher manages is restored in Rancher.",
            ],
            documentation: "rke.docs.rancher.com/etcd-snapshots/restoring-from-backup"
        )
    }
}
