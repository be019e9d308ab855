import Foundation
import TestSupport
import Testing

/// `use service || use s3 … || use pv`: the first that answers and has a backup of the cluster.
@Suite(.ownThread) struct FallbackTests {
    private static func status(_ count: Int) -> FaultServer.Response {
        .init(200, body: Array(#"{"backups":\#(count),"backupSize":0.5}"#.utf8))
    }

    private let workplace: BucketWorkplace
    private let volume: BackupVolume

    init() throws {
        workplace = try BucketWorkplace()
        volume = try BackupVolume()
        try volume.add(15)
    }

    /// Runs the three of them.
    private func run(service: String, bucket: String = "backups", cluster: String = "foo") throws -> Program.Outcome {
        try workplace.run(
            "cluster \(cluster); use service \(service) || use s3 \(bucket) || use pv \(volume.path); use"
        )
    }

    /// How often a source that failed is told of.
    private func noteCount(_ outcome: Program.Outcome) -> Int {
        outcome.talk.components(separatedBy: "; continuing after '||'").count - 1
    }

    @Test func theServiceIsTakenWhereItHasBackupsAndTheOthersAreNotAsked() throws {
        let server = try FaultServer { _ in Self.status(3) }
        let bucket = try FaultServer { _ in .init(500) }
        let outcome = try workplace.program.run(
            ["-c", "cluster foo; use service \(server.origin) || use s3 backups --endpoint \(bucket.origin); use"],
            environment: workplace.environment
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("using backup service at \(server.origin)\n"))
        #expect(bucket.requests.isEmpty)
        #expect(noteCount(outcome) == 0)
    }

    @Test func theBucketIsTakenWhereTheServiceRefuses() throws {
        try workplace.add(9)
        let port = try RefusingPort()
        let outcome = try run(service: port.origin)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("using bucket backups at \(workplace.server.endpoint)\n"))
        #expect(outcome.talk.contains("refuses connections; continuing after '||'"))
        #expect(noteCount(outcome) == 1)
    }

    @Test func theVolumeIsTakenWhereTheServiceHasNoBackupAndTheBucketNotThatCluster() throws {
        try workplace.add(9, cluster: "bar")
        let server = try FaultServer { _ in Self.status(0) }
        let outcome = try run(service: server.origin)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("using volume \(volume.path)\n"))
        #expect(
            outcome.talk.contains("cannot find a backup of cluster 'foo' in the backup service at \(server.origin)")
        )
        #expect(outcome.talk.contains("cannot find cluster 'foo' in the bucket backups"))
        #expect(noteCount(outcome) == 2)
    }

    @Test func whereNoneHasTheClusterTheLastReasonIsTheFailure() throws {
        let server = try FaultServer { _ in .init(503, body: Array("down for repair\n".utf8)) }
        let outcome = try run(service: server.origin, bucket: "nothing", cluster: "bar")
        expectFailure(outcome, 4, says: "cannot find cluster 'bar' in the volume")
        #expect(outcome.talk.contains("it answered with HTTP status 503: down for repair; continuing after '||'"))
        #expect(outcome.talk.contains("there is no such bucket"))
        #expect(noteCount(outcome) == 2)
    }

    @Test func aServiceThatIsSilentIsPassedOverInBoundedTime() throws {
        let server = try FaultServer { _ in .silence }
        let outcome = try workplace.run("cluster foo; use service \(server.origin) || use pv \(volume.path); use")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("\(server.origin) sent nothing for 15 s; continuing after '||'"))
        #expect(server.requests.count == 1)
    }

    @Test func aProxyThatRefusesTheQuestionsOfAServiceIsNoInterruption() throws {
        let server = try FaultServer { request in
            request.target.hasPrefix("/v1/status") ? Self.status(3) : .init(405)
        }
        let text = "cluster foo; use service \(server.origin); pick max"
        expectFailure(try workplace.run(text), 6, says: "HTTP status 405")
        let outcome = try workplace.run("\(text) || use pv \(volume.path); use")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("using volume \(volume.path)\n"))
    }

    @Test func aServiceIsNotMadeWithoutACluster() throws {
        let outcome = try workplace.run("use service || use pv \(volume.path); use")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("cannot make the backup service's address: no cluster is chosen"))
        #expect(noteCount(outcome) == 1)
        // Nothing was asked: a choice is missing, as before any other command.
        expectFailure(try workplace.run("use service"), 1, says: "no cluster is chosen")
    }

    @Test func theRunbookRecoversFromWhereverThereIsOne() throws {
        let runbook = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../scripts/runbooks/anywhere.snapsh").standardized.path
        func run(_ service: String, _ out: String) throws -> Program.Outcome {
            try workplace.program.run(
                [
                    runbook, "cluster=foo", "bucket=backups", "service=\(service)", "volume=\(volume.path)",
                    "out=\(out)",
                ],
                environment: workplace.environment
            )
        }
        let port = try RefusingPort()
        let fromVolume = try run(port.origin, "volume.db")
        #expect(fromVolume.exitCode == 0, "\(fromVolume.talk)")
        #expect(noteCount(fromVolume) == 2)

        try workplace.add(9)
        let fromBucket = try run(port.origin, "bucket.db")
        #expect(fromBucket.exitCode == 0, "\(fromBucket.talk)")
        #expect(fromBucket.output.contains("revision 9 of foo is in bucket.db"))

        let server = try ServingProgram(try Program(), "use pv \(volume.path); cluster foo")
        let fromService = try run(server.url, "service.db")
        #expect(fromService.exitCode == 0, "\(fromService.talk)")
        #expect(fromService.output.contains("revision 212 of foo is in service.db"))
        #expect(noteCount(fromService) == 0)
    }

    @Test func aServiceThatNobodyKnowsByNameIsPassedOver() throws {
        let outcome = try workplace.run(
            "cluster foo; use service --namespace snapsh-test --cluster-domain invalid || use pv \(volume.path); use"
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("the host name foo-backup-sidecar.snapsh-test.svc.invalid can't be resolved"))
    }
}
