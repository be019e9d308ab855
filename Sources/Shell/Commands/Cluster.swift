import Backups
import Language

extension CommandDeclaration {
    static let cluster = CommandDeclaration(
        words: ["cluster"],
        summary: "chooses the cluster to recover",
        details: ["It may come before 'use': the source must then have a backup of that cluster."],
        arguments: [ArgumentDeclaration(name: "NAME", kind: .cluster)],
        examples: [.init("cluster foo", "the commands that follow are about foo")],
        provides: [.cluster],
        drops: [.pick, .listing],
        run: { invocation, session in
            guard let name = invocation.text("NAME") else { return }
            if let source = session.source {
                try ClusterError.check(name, isAmong: try await source.clusters(), of: source)
            }
            session.cluster = name
            session.forgetChoice()
            session.output.result("cluster \(name)", json: ClusterRecord(cluster: name))
        }
    )

    private struct ClusterRecord: Encodable {
        let kind = "chosen"
        let cluster: String
    }
}

/// Why a cluster can't be recovered from a source.
enum ClusterError: Failure, Equatable {
    case unknown(String, location: String, nearest: String?)
    case empty(String, location: String)

    static func check(_ name: String, isAmong clusters: ClusterListing, of source: any BackupSource) throws {
        // Byte for byte, as the source will look for it.
        guard !clusters.names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return }
        throw ClusterError.unknown(
            name,
            location: source.location,
            nearest: Suggestion.nearest(to: name, among: clusters.names)
        )
    }

    var category: FailureCategory { .notFound }

    var description: String {
        switch self {
        case .unknown(let name, let location, _): "cannot find cluster '\(name.printable)' in the \(location)"
        case .empty(let name, let location): "cannot find a backup of cluster '\(name.printable)' in the \(location)"
        }
    }

    var hint: String? {
        switch self {
        case .unknown(_, _, let nearest?): "did you mean '\(nearest)'?"
        case .unknown, .empty: "'clusters' lists those that are there"
        }
    }
}
