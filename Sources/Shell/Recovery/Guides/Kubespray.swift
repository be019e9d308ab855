extension RecoveryGuide {
    /// kubernetes-sigs/kubespray docs/operations/recover-control-plane.md, roles/recover_control_plane/etcd (2026-08).
    static func kubespray(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "kubespray",
            layout: "kubespray",
            product: "kubespray",
            summary: "a playbook restores one node, and joins the others",
            needs: "the inventory, and at least one working control-plane node",
            steps: [
                .step("Get the snapshot to the machine that Ansible runs on."),
                .step(
                    "In the inventory, put broken nodes into the groups broken_etcd (with etcd_member_name) and"
                        + " broken_kube_control_plane; working nodes stand first in etcd and kube_control_plane."
                ),
                .key(
                    "Where Ansible runs, run the playbook with the snapshot.",
                    at: "where Ansible runs",
                    "ansible-playbook -i INVENTORY recover-control-plane.yml --limit etcd,kube_control_plane"
                        + " -e etcd_retries=10 -e \(backup.fileForAnsible("etcd_snapshot"))"
                ),
                .step("Check the cluster.", "kubectl get nodes"),
            ],
            placeholders: [
                ("INVENTORY", "Ansible's inventory")
            ],
            remarks: [
                "The snapshot is used only where the quorum is lost; else the members that live are kept.",
                "Without the playbook, etcd is a service of systemd with /etc/etcd.env: stop it on all nodes, 'restore'"
                    + " into /var/lib/etcd with ETCD_NAME and ETCD_INITIAL_CLUSTER of that file and"
                    + " \(RestoreOffer.optionsForKubernetes), start it.",
            ],
            documentation: "kubespray.io/#/docs/operations/recover-control-plane"
        )
    }
}
