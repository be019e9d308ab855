import Foundation
import TestSupport
import Testing

/// A place that `scripts/make-layouts` laid out, and what is to be found in it.
struct LayoutRow: Sendable, CustomTestStringConvertible {
    /// How a backup there ends.
    enum Outcome: String, Sendable {
        case verified
        /// No SHA-256 stands at its end.
        case unproven
        case encrypted
        /// There is none.
        case none
        /// Two layouts fit as well.
        case several
        /// It is called as a backup is, and is skipped.
        case unusable
        /// It is called as a backup is, and is none.
        case error
    }

    let tree: String
    /// Below the tree: empty, or ending in `/`.
    let place: String
    let layout: String
    let cluster: String?
    let node: String?
    let pick: String
    let revision: Int64
    let backupCount: Int
    let ignoredCount: Int
    let outcome: Outcome

    var testDescription: String { "\(tree)/\(place)" + (cluster.map { " of \($0)" } ?? "") }

    /// Whether it is a machine's disk, and no bucket.
    var isDisk: Bool { tree.hasSuffix("-disk") }

    init?(_ line: Substring) {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard columns.count == 10, let revision = Int64(columns[6]), let backupCount = Int(columns[7]),
            let ignoredCount = Int(columns[8]), let outcome = Outcome(rawValue: columns[9])
        else { return nil }
        (tree, place, layout, pick) = (columns[0], columns[1], columns[2], columns[5])
        cluster = columns[3] == "-" ? nil : columns[3]
        node = columns[4] == "-" ? nil : columns[4]
        (self.revision, self.backupCount, self.ignoredCount) = (revision, backupCount, ignoredCount)
        self.outcome = outcome
    }

    /// Lists, picks, gets and verifies, and checks each.
    ///
    /// - Parameter use: The command that chooses the place.
    func check(_ use: String, program: Program, environment: [String: String] = [:]) throws {
        var opening = use
        if let cluster {
            let parts = cluster.split(separator: "/")
            opening += "; cluster '\(parts.last ?? "")'" + (parts.count > 1 ? " --namespace '\(parts[0])'" : "")
        }
        func run(_ text: String) throws -> (outcome: Program.Outcome, lines: [[String: Any]]) {
            let outcome = try program.run(["--json", "-c", "\(opening); \(text)"], environment: environment)
            let lines = outcome.output.split(separator: "\n").compactMap {
                (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
            }
            return (outcome, lines)
        }
        let pickCommand = "pick max" + (node.map { " --node '\($0)'" } ?? "")
        guard outcome != .none, outcome != .several else {
            let failed = try run(pickCommand).outcome
            #expect(failed.exitCode == 4, "\(failed.talk)")
            return
        }
        let listing = try run("ls")
        #expect(listing.outcome.exitCode == 0, "\(listing.outcome.talk)")
        #expect(listing.lines.first?["layout"] as? String == layout)
        let backups = listing.lines.filter { $0["kind"] as? String == "backup" }
        #expect(backups.count == backupCount, "\(listing.outcome.output)")
        // Where no name says a cluster, that is a note.
        let clusters = try run("clusters").outcome
        #expect(clusters.exitCode == 0, "\(clusters.talk)")
        let ignored = try run("ls --ignored").lines.filter { $0["kind"] as? String == "ignored" }
        #expect(ignored.count == ignoredCount, "\(ignored)")

        guard outcome != .unusable else {
            let failed = try run(pickCommand).outcome
            #expect(failed.exitCode == 5 && failed.talk.contains("no etcd snapshot is in it"), "\(failed.talk)")
            return
        }
        let got = try run("\(pickCommand); get out.db --keep-unverified")
        guard outcome != .error else {
            #expect(got.outcome.exitCode != 0 && !program.folder.exists("out.db"))
            return
        }
        let picked = got.lines.first { $0["kind"] as? String == "pick" }
        #expect(picked?["name"] as? String == pick, "\(got.outcome.talk)")
        try check(got.outcome, got.lines.last { $0["kind"] as? String == "file" }, in: program.folder)
        guard outcome == .unproven else { return }
        // The second finds done what is done.
        let allow = "get allowed.db --allow-no-trailer"
        let allowed = try run("\(pickCommand); \(allow); \(allow); expect file.verified == no")
        #expect(allowed.outcome.exitCode == 0, "\(allowed.outcome.talk)")
        let files = allowed.lines.filter { $0["kind"] as? String == "file" }
        #expect(files.map { $0["verified"] as? Bool } == [false, false])
        #expect(files.map { $0["alreadyThere"] as? Bool } == [false, true])
        #expect(try program.folder.read("allowed.db") == Fixture.snapshot("late.db").dropLast(32))
    }

    private func check(_ got: Program.Outcome, _ file: [String: Any]?, in folder: TemporaryFolder) throws {
        let newest = try Fixture.snapshot("late.db")
        switch outcome {
        case .verified:
            #expect(got.exitCode == 0, "\(got.talk)")
            #expect(file?["verified"] as? Bool == true && file?["revision"] as? Int64 == revision)
            #expect(try folder.read("out.db") == newest)
        case .unproven:
            #expect(got.exitCode != 0)
            #expect(try folder.read("out.db.unverified") == newest.dropLast(32))
        case .encrypted:
            #expect(got.exitCode != 0)
            #expect(!folder.exists("out.db"))
        case .unusable, .error, .none, .several: break
        }
    }
}
