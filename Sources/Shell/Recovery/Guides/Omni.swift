extension RecoveryGuide {
    /// docs.siderolabs.com/omni, "Restore Etcd of a Cluster Managed by Cluster Templates" (Omni 1.10).
    static func omni(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "omni",
            layout: "omni",
            product: "Omni",
            summary: "delete the control plane, make it from the snapshot",
            input: .place,
            needs: "the cluster in Omni, whose keys decrypt the snapshot, and its cluster template",
            steps: [
                .step(
                    "Find the cluster's UUID and the snapshots.",
                    "omnictl get clusteruuid CLUSTER",
                    "omnictl get etcdbackup -l omni.sidero.dev/cluster=CLUSTER"
                ),
                .key("Delete the control plane.", "omnictl delete machineset CLUSTER-control-planes"),
                .key(
                    "In the template, give the ControlPlane a bootstrapSpec with clusterUUID"
                        + " \(backup.clusterInManifest(or: "UUID")) and snapshot \(backup.storedNameInManifest)."
                ),
                .key("Apply it.", "omnictl cluster template sync -f TEMPLATE"),
                .step("Watch it.", "omnictl cluster template status -f TEMPLATE"),
                .step("Restart the kubelet of each worker.", "talosctl -n ID service kubelet restart"),
            ],
            placeholders: [
                ("CLUSTER", "the cluster's name in Omni"),
                ("UUID", "its UUID"),
                ("TEMPLATE", "the cluster template's file"),
            ],
            remarks: [
                "The cluster must still exist in Omni: outside of it the snapshots can't be decrypted.",
                "A cluster that was made in the UI is exported to a template first.",
            ],
            documentation: "docs.siderolabs.com/omni, 'Restore Etcd of a Cluster'"
        )
    }
}
