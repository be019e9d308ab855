import Foundation
import Synchronization
import TestSupport
import Testing

@testable import S3Store

/// A clock, and a source of credentials that gives the first ones, then the second ones, and can be held up.
private final class Source: Sendable {
    private struct State {
        var date = AWSWorld.now
        var isHeld = false
        var isFailing = false
        var lifetime: TimeInterval? = 3600
        var startedCount = 0
        var cancelledCount = 0
        var runningCount = 0
        var maxRunningCount = 0
    }

    struct Unavailable: Error {}

    private let state = Mutex(State())

    var startedCount: Int { state.withLock { $0.startedCount } }
    var cancelledCount: Int { state.withLock { $0.cancelledCount } }
    var maxRunningCount: Int { state.withLock { $0.maxRunningCount } }

    func advance(minutes: Double) { state.withLock { $0.date += minutes * 60 } }
    func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }
    func fail(_ isFailing: Bool) { state.withLock { $0.isFailing = isFailing } }
    func setLifetime(minutes: Double?) { state.withLock { $0.lifetime = minutes.map { $0 * 60 } } }

    func makeCache() -> CachedCredentials {
        CachedCredentials(now: { self.state.withLock { $0.date } }, resolve: { try await self.resolve() })
    }

    private func resolve() async throws -> FoundCredentials {
        let number = state.withLock { state in
            state.startedCount += 1
            state.runningCount += 1
            state.maxRunningCount = max(state.maxRunningCount, state.runningCount)
            return state.startedCount
        }
        defer { state.withLock { $0.runningCount -= 1 } }
        do {
            while state.withLock({ $0.isHeld }) { try await Task.sleep(for: .milliseconds(1)) }
        } catch {
            state.withLock { $0.cancelledCount += 1 }
            throw error
        }
        return try state.withLock { state in
            if state.isFailing { throw Unavailable() }
            let credentials = Credentials(
                accessKeyID: "\(number)",
                secretAccessKey: "SECRET",
                expiration: state.lifetime.map { state.date + $0 }
            )
            return FoundCredentials(credentials: credentials, provider: "source")
        }
    }

    /// Waits until so many renewals have begun.
    func started(_ count: Int) async throws {
        try await eventually("\(count) have begun") { startedCount >= count }
    }
}

extension CachedCredentials {
    fileprivate var number: String {
        get async throws { try await current().credentials.accessKeyID }
    }
}

@Suite("Cached credentials", .timeLimit(.minutes(1)))
struct CachedCredentialsTests {
    private let source = Source()

    @Test("are found once for all who ask at once, and kept as long as they hold")
    func kept() async throws {
        let cache = source.makeCache()
        let numbers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.number } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(numbers == ["1"])
        source.advance(minutes: 44)
        #expect(try await cache.number == "1")
        #expect(source.startedCount == 1)
    }

    @Test("are kept for ever where they have no end")
    func endless() async throws {
        source.setLifetime(minutes: nil)
        let cache = source.makeCache()
        #expect(try await cache.number == "1")
        source.advance(minutes: 1_000_000)
        #expect(try await cache.number == "1")
    }

    @Test("are renewed by one task 15 minutes before their end, and the others go on with the old ones")
    func advised() async throws {
        let cache = source.makeCache()
        _ = try await cache.number
        source.advance(minutes: 46)
        source.hold(true)
        let renewing = Task { try await cache.number }
        try await source.started(2)
        for _ in 0..<10 { #expect(try await cache.number == "1") }
        source.hold(false)
        #expect(try await renewing.value == "2")
        #expect(try await cache.number == "2")
        #expect(source.startedCount == 2)
    }

    @Test("are waited for by all from 10 minutes before their end on")
    func mandatory() async throws {
        let cache = source.makeCache()
        _ = try await cache.number
        source.advance(minutes: 51)
        let numbers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.number } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(numbers == ["2"])
        #expect(source.startedCount == 2)
    }

    @Test("hold to their end where no renewal works, which is tried once a minute")
    func failing() async throws {
        let cache = source.makeCache()
        _ = try await cache.number
        source.fail(true)
        for minutes in [46.0, 5] {
            source.advance(minutes: minutes)
            for _ in 0..<3 { #expect(try await cache.number == "1") }
        }
        #expect(source.startedCount == 3)
        source.advance(minutes: 9)
        await #expect(throws: Source.Unavailable.self) { try await cache.number }
        source.fail(false)
        #expect(try await cache.number == "5")
    }

    @Test("are renewed once a minute where they never hold for long")
    func shortLived() async throws {
        source.setLifetime(minutes: 5)
        let cache = source.makeCache()
        for _ in 0..<10 { #expect(try await cache.number == "1") }
        source.advance(minutes: 1)
        for _ in 0..<10 { #expect(try await cache.number == "2") }
    }

    @Test("are renewed once for all to whom a server says that they expired")
    func rejected() async throws {
        let cache = source.makeCache()
        let old = try await cache.current().credentials
        let numbers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.renew(old).credentials.accessKeyID } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(numbers == ["2"])
        #expect(try await cache.renew(old).credentials.accessKeyID == "2")
        #expect(source.startedCount == 2)
        source.fail(true)
        let newer = try await cache.current().credentials
        await #expect(throws: Source.Unavailable.self) { try await cache.renew(newer) }
    }

    @Test("come to those who wait when one of them is cancelled")
    func oneCancelled() async throws {
        source.hold(true)
        let cache = source.makeCache()
        let first = Task { try await cache.number }
        try await source.started(1)
        let second = Task { try await cache.number }
        first.cancel()
        // It ends while the renewal is still held up.
        await #expect(throws: CancellationError.self) { try await first.value }
        source.hold(false)
        // The second may have come after all had left: a renewal of its own is started then.
        let number = try await second.value
        #expect(number == "\(source.startedCount)")
        #expect(source.startedCount <= 2)
        #expect(source.maxRunningCount == 1)
    }

    @Test("are not looked for any longer when nobody waits, and anew for who comes then")
    func allCancelled() async throws {
        source.hold(true)
        let cache = source.makeCache()
        let only = Task { try await cache.number }
        try await source.started(1)
        only.cancel()
        await #expect(throws: CancellationError.self) { try await only.value }
        try await eventually("the search is given up") { source.cancelledCount == 1 }
        source.hold(false)
        #expect(try await cache.number == "2")
        #expect(source.maxRunningCount == 1)
    }

    @Test("are never renewed twice at once, whatever is cancelled when")
    func storm() async throws {
        let cache = source.makeCache()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for round in 0..<200 {
                group.addTask {
                    let task = Task { try await cache.current() }
                    if round % 3 == 0 { task.cancel() }
                    guard let found = try? await task.value else { return }
                    _ = try? await cache.renew(found.credentials)
                }
            }
            try await group.waitForAll()
        }
        #expect(source.maxRunningCount == 1)
        #expect(try await Int(cache.number) != nil)
    }
}
