import Backups
import Language

/// Our own `restore` of a file, with what the file is known to need.
struct RestoreOffer: Sendable {
    let line: OfferedLine
    /// Why it has options.
    let reason: String?

    /// - Parameters:
    ///   - cluster: Names the data directory.
    ///   - isOfKubernetes: Whether the file holds the keys of Kubernetes, as far as that is known.
    init(_ path: String, of cluster: ClusterName?, isOfKubernetes: Bool) {
        let name = cluster?.name ?? "restored"
        let restore = "restore \(Word.shown(path)) --data-dir \(Word.shown(name + ".etcd"))"
        line = .own(isOfKubernetes ? "\(restore) --bump-revision 1000000000 --mark-compacted" : restore)
        reason =
            isOfKubernetes ? "Kubernetes remembers later revisions: with a higher one, it lists everything anew" : nil
    }

    /// Half a sentence below the line.
    var reasonRows: [(String, String)] { reason.map { [("why", $0)] } ?? [] }
}
