extension RecoveryGuide {
    /// Giant Swarm documents no restore in public. What is in the file: giantswarm/etcd-backup-operator 5.1 pkg/etcd;
    /// the clusters are those of Cluster API, made by kubeadm.
    static func giantswarm(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "giantswarm",
            layout: "giantswarm",
            product: "Giant Swarm",
            summary: "decrypt, and restore as a cluster of kubeadm",
            isOfKubernetes: true,
            needs: "the passphrase, where the name ends in .enc",
            steps: [
                .step(
                    "Get the snapshot out of its archive; 'get' decrypts with a command of yours.",
                    "get --decrypt 'gpg --decrypt'"
                ),
                .step(
                    "On the control-plane nodes go on as with kubeadm ('help recovery kubeadm').",
                    "snapsh restore \(backup.file) --data-dir /var/lib/etcd \(RestoreOffer.optionsForKubernetes) …"
                ),
                .step("Ask Giant Swarm's support before you change a cluster that they run."),
            ],
            remarks: ["The name begins with the installation and the cluster; '-v3-' is etcd's API."]
        )
    }
}
