public import Backups

/// Backup programs whose folders are known, though no etcd snapshot can be read from them.
public enum ForeignStore {
    /// What a folder is, as half a sentence; `nil` where it is none that is known.
    public static func recognise(_ folder: FolderView) -> String? {
        let (files, folders) = (Set(folder.files), Set(folder.folders))
        if files.contains("kopia.repository") || files.contains("kopia.repository.f") {
            return "it is a kopia repository: kopia restores files from it, and may have encrypted them"
        }
        if files.contains("config"), folders.isSuperset(of: ["data", "keys", "snapshots"]) {
            return "it is a restic repository: 'restic restore' gets the files that are in it"
        }
        if files.contains("velero-backup.json") {
            return "it is a backup of Velero, which holds Kubernetes objects and no etcd snapshot"
        }
        let isVelero =
            folders.contains("backups") && !folders.isDisjoint(with: ["restores", "kopia", "restic", "metadata"])
        if isVelero { return "it is a store of Velero, whose backups hold Kubernetes objects and no etcd snapshot" }
        return nil
    }
}
