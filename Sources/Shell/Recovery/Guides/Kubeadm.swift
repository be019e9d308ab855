extension RecoveryGuide {
    /// kubernetes.io "Operating etcd clusters for Kubernetes" (1.34): stop the API servers, restore etcd, restart;
    /// paths and flags of the static pods: kubernetes 1.34 cmd/kubeadm/app/phases/etcd/local.go,
    /// constants/constants.go.
    static func kubeadm(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "kubeadm",
            layout: "kubeadm",
            product: "kubeadm",
            summary: "move the static pods away, restore, move them back",
            steps: [
                .key(
                    "On every control-plane node, stop etcd and the API server; 'crictl ps' must show none.",
                    at: "on every control-plane node",
                    "mkdir -p /etc/kubernetes/stopped",
                    "mv /etc/kubernetes/manifests/*.yaml /etc/kubernetes/stopped/"
                ),
                .step("Keep the old data.", "mv /var/lib/etcd /var/lib/etcd.old"),
                .key(
                    "On each, from the same file, make the new data. Names and URLs are those in"
                        + " /etc/kubernetes/stopped/etcd.yaml; of several nodes, all of them in --initial-cluster.",
                    at: "on each, from the same file",
                    "snapsh restore \(backup.file) --data-dir /var/lib/etcd --name NODE"
                        + " --initial-cluster NODE=https://IP:2380"
                        + " --initial-advertise-peer-urls https://IP:2380"
                        + (backup.hasHash ? "" : " --skip-hash-check")
                        + " \(RestoreOffer.optionsForKubernetes)"
                ),
                .key(
                    "Start again, on all of them.",
                    at: "on all of them",
                    "mv /etc/kubernetes/stopped/*.yaml /etc/kubernetes/manifests/"
                ),
            ],
            placeholders: [
                ("NODE", "the node's name"),
                ("IP", "its address"),
            ],
            remarks: [
                "Of 'kubeadm upgrade', /etc/kubernetes/tmp/kubeadm-backup-etcd-TIME/etcd is a whole data"
                    + " directory: on its own node copy it to /var/lib/etcd, which loses nothing of its log.",
                "/etc/kubernetes/pki must be that of the same cluster.",
            ],
            documentation: "kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/"
        )
    }
}
