import Backups
import Foundation

@testable import S3Store

extension S3 {
    /// The objects of a bucket, without the rules of a layout and without retries.
    static func store(
        of settings: S3Settings,
        environment: [String: String],
        home: String?,
        now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> any Store {
        try await connect(settings, environment: environment, home: home, now: now, report: report).store
    }
}
