import Backups

extension CommandDeclaration {
    static let clusters = CommandDeclaration(
        words: ["clusters"],
        summary: "lists the clusters with backups: how many, the newest revision, its age",
        examples: [.init("clusters", "one line for each cluster")],
        needs: [.source],
        run: { _, session in
            let source = try session.requireSource()
            let listing = try await source.clusters()
            var table = TextTable(header: ["CLUSTER", "BACKUPS", "NEWEST", "AGE"], rightAligned: [1])
            var records: [ClusterSummary] = []
            for name in listing.names {
                try Task.checkCancellation()
                let backups: [Backup]
                do {
                    backups = try await source.backups(of: name).backups
                } catch let failure as any Failure {
                    // The others are there to be recovered all the same.
                    session.output.warning("cluster '\(name)' is left out: \(failure)")
                    continue
                }
                let newest = backups.last
                let age = newest.map { $0.age(at: session.environment.now()) }
                table.append([
                    name.printable, String(backups.count), newest?.revision.description ?? "-",
                    age.map { DurationText.text(seconds: $0) } ?? "-",
                ])
                records.append(
                    ClusterSummary(
                        cluster: name,
                        backups: backups.count,
                        newestRevision: newest?.revision.value,
                        newestAgeSeconds: age.map { $0.rounded(.down) }
                    )
                )
            }
            if listing.names.isEmpty {
                session.output.note("no cluster has backups in the \(source.location)")
            } else if !records.isEmpty {
                session.output.listing(table.text, json: records)
            }
            session.output.note(ignored: listing.ignored, among: "the clusters")
        }
    )

    private struct ClusterSummary: Encodable {
        let kind = "cluster"
        let cluster: String
        let backups: Int
        let newestRevision: Int64?
        let newestAgeSeconds: Double?
    }
}

extension Output {
    /// Says which names were left out, and why: the first few, and how many there are.
    func note(ignored: [IgnoredName], among what: String, howToSeeAll: String? = nil) {
        if ignored.isEmpty { return }
        let shown = ignored.prefix(3).map { "\($0.name.printable) (\($0.reason))" }.joined(separator: ", ")
        let rest = ignored.count > 3 ? " and \(ignored.count - 3) more" + (howToSeeAll.map { "; \($0)" } ?? "") : ""
        note("ignored \(ignored.count) \(ignored.count == 1 ? "name" : "names") among \(what): \(shown)\(rest)")
    }
}
