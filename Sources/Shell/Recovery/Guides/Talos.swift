extension RecoveryGuide {
    /// docs.siderolabs.com/talos, "Disaster Recovery" (Talos 1.13); `talosctl bootstrap --help`.
    static func talos(_ backup: RecoverySubject) -> RecoveryGuide {
        RecoveryGuide(
            name: "talos",
            layout: "talos",
            product: "Talos",
            summary: "bootstrap a control-plane node from the snapshot",
            needs: "the machine configurations of that cluster, with their secrets",
            steps: [
                .step(
                    "Bring the control-plane nodes back with their configuration. etcd must be 'Preparing' on all.",
                    "talosctl -n IP service etcd"
                ),
                .step(
                    "Where it is not, wipe its data. This deletes what is left of etcd on the node.",
                    "talosctl -n IP reset --graceful=false --reboot --system-labels-to-wipe=EPHEMERAL"
                ),
                .key(
                    "On one control-plane node, bootstrap.",
                    "talosctl -n IP bootstrap --recover-from=\(backup.file)"
                        + (backup.hasHash ? "" : " --recover-skip-hash-check")
                ),
                .step("The other nodes join by themselves. Check them.", "talosctl -n IP etcd members"),
            ],
            placeholders: [
                ("IP", "the address of one control-plane node")
            ],
            remarks: [
                "A copy of a member's file ('talosctl cp /var/lib/etcd/member/snap/db .') has no hash: add"
                    + " --recover-skip-hash-check, and to 'get' --allow-no-trailer.",
                "As long as a majority of the members lives, restore nothing: reset and rejoin the others.",
                "Backups of talos-backup are encrypted by age: 'get' takes them with --decrypt.",
            ],
            documentation: "docs.siderolabs.com/talos, 'Disaster Recovery'"
        )
    }
}
