import Backups
import Language
import Text

/// Our own `restore` of a file, with what the file is known to need.
struct RestoreOffer: Sendable {
    let line: OfferedLine
    /// Why it has options.
    let reason: String?

    /// - Parameters:
    ///   - folder: The data directory that it makes.
    ///   - isOfKubernetes: Whether the file holds the keys of Kubernetes, as far as that is known.
    init(_ path: String, into folder: String, isOfKubernetes: Bool) {
        let restore = "restore \(Word.shown(path)) --data-dir \(Word.shown(folder))"
        line = .own(isOfKubernetes ? "\(restore) \(Self.optionsForKubernetes)" : restore)
        reason =
            isOfKubernetes ? "Kubernetes remembers later revisions: with a higher one, it reads everything again" : nil
    }

    /// What a restore of the data of Kubernetes needs; etcd's own tool has the same.
    static let optionsForKubernetes = "--bump-revision 1000000000 --mark-compacted"

    /// What is said of a restore without these options, before the data directory gets its name.
    static func noteOfKubernetes(in path: String, _ offers: Offers) -> String {
        "\(path.printable) holds the data of Kubernetes, which may remember later revisions: with"
            + " \(optionsForKubernetes), it reads everything again (\(offers.own("help restore")))"
    }

    /// Half a sentence below the line.
    var reasonRows: [(String, String)] { reason.map { [("why", $0)] } ?? [] }
}

extension Session {
    /// What restores a file into a data directory that is not there yet, named after the cluster.
    ///
    /// - Throws: `CancellationError`.
    func restoreOffer(of path: String, _ cluster: ClusterName?, isOfKubernetes: Bool) async throws -> RestoreOffer {
        let folder = try await FreeName.next(to: "\(cluster?.name ?? "restored").etcd")
        return RestoreOffer(path, into: folder, isOfKubernetes: isOfKubernetes)
    }
}
