extension RecoveryGuide {
    /// KubeKey documents no restore. The service and its settings: kubesphere/kubekey 4.0.7
    /// builtin/core/roles/etcd/install, 3.2 cmd/kk/pkg/etcd/templates/etcd_env.go.
    static func kubekey(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "kubekey",
            layout: "kubekey",
            product: "KubeKey",
            summary: "etcd is a service: stop, restore, start",
            steps: [
                .step(
                    "On every control-plane node, stop the API server.",
                    "mv /etc/kubernetes/manifests/kube-apiserver.yaml /etc/kubernetes/"
                ),
                .key(
                    "On every etcd node, stop etcd and keep its data.",
                    at: "on every etcd node",
                    "systemctl stop etcd",
                    "mv /var/lib/etcd /var/lib/etcd.old"
                ),
                .key(
                    "On each, from the same file, make the new data. Names and URLs are those in /etc/etcd.env.",
                    at: "on each, from the same file",
                    "snapsh restore \(backup.file) --data-dir /var/lib/etcd --name ETCD_NAME"
                        + " --initial-cluster ETCD_INITIAL_CLUSTER"
                        + " --initial-cluster-token ETCD_INITIAL_CLUSTER_TOKEN"
                        + " --initial-advertise-peer-urls ETCD_INITIAL_ADVERTISE_PEER_URLS"
                        + " \(RestoreOffer.optionsForKubernetes)"
                ),
                .key("Start etcd on all of them.", at: "on all of them", "systemctl start etcd"),
                .step(
                    "Start the API servers.",
                    "mv /etc/kubernetes/kube-apiserver.yaml /etc/kubernetes/manifests/"
                ),
            ],
            placeholders: [
                ("ETCD_NAME", "like the other words with ETCD_, as in /etc/etcd.env of that node")
            ],
            remarks: ["ETCD_DATA_DIR in /etc/etcd.env says where the data directory is."]
        )
    }
}
