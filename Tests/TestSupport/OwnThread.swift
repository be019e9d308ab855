import Blocking
public import Testing

/// Runs each test of a suite on a thread of its own.
///
/// Many tests wait for programs and terminals, and block their thread meanwhile. All tasks share a few threads, one for
/// each processor: where those are blocked, no other test gets on, and no server or client within its process.
public struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    public var isRecursive: Bool { true }

    @concurrent
    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(DedicatedThread()) { try await function() }
    }
}

extension Trait where Self == OwnThread {
    /// For what blocks its thread.
    public static var ownThread: OwnThread { OwnThread() }
}
