import Backups
import Foundation
import Layouts
import TestSupport
import Testing

@testable import S3Store

/// What a bucket keeps of a cluster that is no longer what stands there.
@Suite("Lost versions of a bucket")
struct S3VersionsTests {
    private static func name(_ revision: Int) -> String { "3.4.23_000000000000000\(revision)_etcd.backup" }

    private static func item(_ element: String, _ revision: Int, _ version: String, isLatest: Bool) -> String {
        "<\(element)><Key>v1/foo/\(name(revision))</Key><VersionId>\(version)</VersionId><IsLatest>\(isLatest)</IsLatest>"
            + "<Size>4128</Size><LastModified>2026-01-31T08:00:00Z</LastModified></\(element)>"
    }

    private static func page(_ items: [String], _ more: String = "") -> FaultServer.Response {
        .init(200, body: Array("<ListVersionsResult>\(more)\(items.joined())</ListVersionsResult>".utf8))
    }

    private static func source(_ server: FaultServer) async throws -> StoreSource {
        let store = try await S3.store(
            of: S3Settings(bucket: "backups", endpoint: server.origin, isAnonymous: true),
            environment: [:],
            home: nil,
            report: { _ in }
        )
        let place = PlacedLayout(OperatorLayout(), folder: "v1/", hasNamespaces: true)
        return StoreSource(location: "bucket backups", shortName: "s3", store: store, place: place)
    }

    @Test("are told from current ones over the ends of pages, also where a page does not say how to go on")
    func pages() async throws {
        let server = try FaultServer { request in
            switch request.target {
            case let target where target.contains("version-id-marker=b"):
                Self.page(
                    [
                        Self.item("Version", 8, "c", isLatest: false),
                        Self.item("DeleteMarker", 9, "d", isLatest: true),
                    ],
                    "<IsTruncated>true</IsTruncated>"
                )
            case let target where target.contains("version-id-marker=d"):
                Self.page([Self.item("Version", 9, "e", isLatest: false)])
            default:
                Self.page(
                    [Self.item("Version", 8, "a", isLatest: true), Self.item("Version", 8, "b", isLatest: false)],
                    "<IsTruncated>true</IsTruncated>"
                )
            }
        }
        let listing = try await Self.source(server).backups(of: ClusterName("foo"), .noncurrent())
        #expect(
            Set(listing.backups.map { "\($0.name) \($0.entry?.version ?? "") \($0.entry?.state ?? .current)" }) == [
                "\(Self.name(8)) b noncurrent", "\(Self.name(8)) c noncurrent", "\(Self.name(9)) e deleted",
            ]
        )
        #expect(server.requests.count == 3)
    }

    @Test("are not read to the end where one is enough")
    func one() async throws {
        let server = try FaultServer { _ in
            Self.page([Self.item("Version", 9, "a", isLatest: false)], "<IsTruncated>true</IsTruncated>")
        }
        let listing = try await Self.source(server).backups(of: ClusterName("foo"), .noncurrent(limit: 1))
        #expect(listing.backups.count == 1 && !listing.isComplete)
        #expect(server.requests.count == 1)
    }

    @Test("whose pages go round in a circle are given up")
    func circle() async throws {
        let server = try FaultServer { _ in
            Self.page([Self.item("Version", 9, "a", isLatest: false)], "<IsTruncated>true</IsTruncated>")
        }
        let error = await #expect(throws: StoreError.self) {
            try await Self.source(server).backups(of: ClusterName("foo"), .noncurrent())
        }
        #expect(error?.description.contains("goes round in a circle") == true)
    }
}
