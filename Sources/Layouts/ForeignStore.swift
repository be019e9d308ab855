public import Backups

/// Backup programs whose folders are known, though no etcd snapshot can be read from them.
public enum ForeignStore {
    /// What a folder is, as a sentence without its subject; `nil` where it is none that is known.
    public static func recognise(_ folder: FolderView) -> String? {
        let (files, folders) = (Set(folder.files), Set(folder.folders))
        if files.contains("kopia.repository") || files.contains("kopia.repository.f") {
            return "is a kopia repository: kopia restores files from it, and may have encrypted them"
        }
        if files.contains("config"), folders.isSuperset(of: ["data", "keys", "snapshots"]) {
            return "is a restic repository: 'restic restore' gets the files that are in it"
        }
        if files.contains("velero-backup.json") {
            return "is a backup of Velero, which holds Kubernetes objects and no etcd snapshot"
        }
        let isVelero =
            folders.contains("backups") && !folders.isDisjoint(with: ["restores", "kopia", "restic", "metadata"])
        if isVelero { return "is a store of Velero, whose backups hold Kubernetes objects and no etcd snapshot" }
        return nil
    }
}
