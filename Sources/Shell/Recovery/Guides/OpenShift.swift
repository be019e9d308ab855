extension RecoveryGuide {
    /// docs.redhat.com, OpenShift 4.18 to 4.22, "Restoring to an earlier cluster state for more than one node"; the
    /// scripts: openshift/cluster-etcd-operator bindata/etcd/{disable-etcd,cluster-restore,quorum-restore}.sh.
    static func openshift(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "openshift",
            layout: "openshift",
            product: "OpenShift 4",
            summary: "its script restores etcd and its static pods",
            input: .companions,
            needs: "snapshot_TIME.db and static_kuberesources_TIME.tar.gz of one backup, in one folder",
            steps: [
                .step("Open SSH to all control-plane hosts; the API will not answer."),
                .key(
                    "On every other control-plane host, stop etcd (4.18 and later).",
                    at: "on every other control-plane host",
                    "sudo -E /usr/local/bin/disable-etcd.sh"
                ),
                .key(
                    "On the recovery host, restore from the folder.",
                    at: "on the recovery host",
                    "sudo -E /usr/local/bin/cluster-restore.sh \(backup.companionDirectory)"
                ),
                .step(
                    "When the API answers, turn the etcd operator's quorum guard off (the documentation has the line),"
                        + " wait, and turn it on again.",
                    "oc adm wait-for-stable-cluster"
                ),
                .step("Approve what waits.", "oc get csr", "oc adm certificate approve CSR"),
            ],
            remarks: [
                "Both files keep their names: the script looks for them. The backup must be of the version that"
                    + " runs, 4.x.z.",
                "Before 4.18 there is no disable-etcd.sh: move the manifests of etcd and"
                    + " kube-apiserver out of /etc/kubernetes/manifests, and /var/lib/etcd away.",
                "Where one host still has its data, no backup is needed: quorum-restore.sh beside those scripts (4.18"
                    + " and later).",
            ],
            documentation: "docs.openshift.com, 'Restoring to a previous cluster state'"
        )
    }
}
