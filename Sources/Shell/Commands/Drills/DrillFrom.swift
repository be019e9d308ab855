import Backups
import Drills
import FoundationEssentials
import Language
import Text

/// What `drill from` takes.
private enum DrillFromArguments {
    static let file = ArgumentKey("FILE", .newFile)
}

extension CommandDeclaration {
    static let drillFrom = CommandDeclaration(
        words: [drillWord, "from"],
        summary: "make a drill of the source in use: your cluster's name, and the sizes and ages of its newest backups",
        details: [
            "No content is read: the drill's backups are made of the snapshots that this program carries.",
            "FILE is a whole drill, to be made harder by hand; 'help drills' explains its lines.",
        ],
        arguments: [DrillFromArguments.file],
        examples: [.init("cluster foo; use pv; drill from our-drill.yaml", "the cluster's backups, as a drill")],
        needs: [.source],
        records: [.drillFile],
        dryRun: .described { invocation, session in
            let path = try invocation[DrillFromArguments.file]
            session.output.result("would write \(path.printable)", json: DrillFileRecord(path: path, backups: nil))
        },
        isRecorded: false,
        run: { invocation, session in
            let path = try invocation[DrillFromArguments.file]
            try await NewTextFile.checkThatItIsFree(path)
            let source = try session.requireSource()
            let cluster = try await session.clusterInUse()
            let listing = try await source.backups(of: cluster, .newest(DrillTemplate.maxBackupCount))
            guard !listing.backups.isEmpty else { throw DrillError.noBackups }
            let template = DrillTemplate(
                cluster: cluster?.name ?? "cluster",
                source: source.shortName,
                backups: listing.backups.map { ($0.byteCount, $0.modified) },
                now: session.dependencies.now()
            )
            try await NewTextFile.write(template.text, to: path)
            let place = path.contains("/") ? path : "./\(path)"
            session.output.result(
                "wrote \(path.printable): \(template.backupCount) \(template.backupCount == 1 ? "backup" : "backups");"
                    + " start it with: drill start \(Word.shown(place))",
                json: DrillFileRecord(path: path, backups: template.backupCount)
            )
        }
    )
}

private struct DrillFileRecord: Encodable {
    let kind = "drill-file"
    let path: String
    let backups: Int?
}
