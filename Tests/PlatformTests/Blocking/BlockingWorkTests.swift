import Dispatch
import Synchronization
import Testing

@testable import Blocking

/// A call that waits until it is let go, as one to a dead mount does.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    /// Lets all go that wait, once it is open.
    func wait() {
        semaphore.wait()
        semaphore.signal()
    }
    func open() { semaphore.signal() }
}

/// What work hands over; counts those that are still there.
private final class Opened: Sendable {
    private let count: Counter
    init(_ count: Counter) {
        self.count = count
        count.add(1)
    }
    deinit { count.add(-1) }
}

private final class Counter: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock(\.self) }
    func add(_ difference: Int) { number.withLock { $0 += difference } }
}

@Suite("Work that may block")
struct BlockingWorkTests {
    private static let numbers = Counter()
    /// A place of each test's own.
    private let place: Place

    init() {
        Self.numbers.add(1)
        place = Place(folder: "/nowhere/\(Self.numbers.value)-\(UInt64.random(in: 0...UInt64.max))")
    }

    private func blocked(_ gate: Gate, _ kind: BlockingCall = .lookup) async throws {
        try await BlockingWork.run(at: place) { BlockingWork.call(kind) { gate.wait() } }
    }

    /// Waits for what comes about on another thread.
    private func eventually(_ condition: () -> Bool) async throws -> Bool {
        for _ in 0..<2000 {
            if condition() { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return condition()
    }

    @Test("hands over its value, or its error")
    func outcome() async throws {
        struct Broken: Error {}
        #expect(try await BlockingWork.run(at: place) { 7 } == 7)
        await #expect(throws: Broken.self) { try await BlockingWork.run(at: place) { throw Broken() } }
    }

    @Test("a call without an answer is given up, and its place is not asked again until it answers")
    func silence() async throws {
        let gate = Gate()
        let count = Counter()
        let limit = Duration.milliseconds(100)
        // A place is remembered for 10 s: a machine that takes longer for these steps proves nothing, and they are done
        // again.
        var place = self.place
        var again: NotAnswering?
        for attempt in 1...20 {
            place = Place(folder: "\(self.place.path)-\(attempt)")
            let start = ContinuousClock.now
            await #expect(throws: NotAnswering(path: place.path, limit: limit, retryIn: nil)) {
                try await BlockingWork.hurrying(limit) {
                    _ = try await BlockingWork.run(at: place) {
                        let opened = Opened(count)
                        BlockingWork.call(.lookup) { gate.wait() }
                        return opened
                    }
                }
            }
            #expect(count.value == attempt)
            do {
                try await BlockingWork.hurrying(limit) { try await BlockingWork.run(at: place) {} }
            } catch let error as NotAnswering {
                again = error
            }
            if ContinuousClock.now - start < .seconds(8) { break }
        }
        let error = try #require(again)
        #expect(error.retryIn != nil)
        #expect("\(error)".contains("did not answer a moment ago"))
        // Who has more patience may ask: a disk may have to spin up.
        #expect(try await BlockingWork.run(at: place) { 1 } == 1)
        // What is elsewhere answers.
        let elsewhere = try await BlockingWork.hurrying(limit) {
            try await BlockingWork.run(at: Place(folder: "/elsewhere")) { 1 }
        }
        #expect(elsewhere == 1)
        gate.open()
        // What it opened is dropped when it comes back.
        #expect(try await eventually { count.value == 0 })
        #expect(try await eventually { (try? SilentPlaces.shared.check(place, limit: limit)) != nil })
    }

    @Test("a call to another place than the work's is the silence of that other place")
    func otherPlace() async throws {
        let gate = Gate()
        let other = Place(folder: place.path + "-other")
        let limit = Duration.milliseconds(100)
        await #expect(throws: NotAnswering(path: other.path, limit: limit, retryIn: nil)) {
            try await BlockingWork.hurrying(limit) {
                try await BlockingWork.run(at: place) { BlockingWork.call(.read, at: other) { gate.wait() } }
            }
        }
        // The work's own place has done nothing wrong.
        let answer = try await BlockingWork.hurrying(limit) { try await BlockingWork.run(at: place) { 1 } }
        #expect(answer == 1)
        gate.open()
        #expect(try await eventually { (try? SilentPlaces.shared.check(other, limit: limit)) != nil })
    }

    @Test("who waits for a task may leave it, and it goes on")
    func leaving() async throws {
        let gate = Gate()
        let task = Task<Int, any Error> {
            try await BlockingWork.run(at: nil) {
                gate.wait()
                return 7
            }
        }
        let waiting = Task { try await task.valueUnlessCancelled }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.open()
        #expect(try await task.valueUnlessCancelled == 7)
    }

    @Test("a call that has as long as it needs is not given up, and each answer begins the time anew")
    func patience() async throws {
        let work = Task {
            try await BlockingWork.hurrying(.milliseconds(200)) {
                try await BlockingWork.run(at: place) {
                    for _ in 1...4 { BlockingWork.call(.read) { usleepShort() } }
                    BlockingWork.call(.sync) { for _ in 1...4 { usleepShort() } }
                    return 1
                }
            }
        }
        #expect(try await work.value == 1)
    }

    private func usleepShort() {
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(80))
    }

    @Test("a cancellation leaves a call, also one that has no limit", arguments: [BlockingCall.lookup, .read, .sync])
    func cancellation(kind: BlockingCall) async throws {
        let gate = Gate()
        defer { gate.open() }
        let task = Task { try await blocked(gate, kind) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("what tidies up is waited for after a cancellation, as long as its calls answer")
    func tidying() async throws {
        let hasTidied = Counter()
        let isOnItsWay = Counter()
        let task = Task {
            try await BlockingWork.run(at: place, tidiesUp: true) {
                isOnItsWay.add(1)
                do {
                    try await Task.sleep(for: .seconds(60))
                } catch {
                    for _ in 1...10 { BlockingWork.call(.write) { usleepShort() } }
                    hasTidied.add(1)
                    throw error
                }
            }
        }
        #expect(try await eventually { isOnItsWay.value == 1 })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(hasTidied.value == 1)

        let gate = Gate()
        defer { gate.open() }
        let other = Place(folder: "/elsewhere")
        let silent = Mutex<Place?>(nil)
        let stuck = Task { [place] in
            try await BlockingWork.run(
                at: place,
                tidiesUp: true,
                onLeaving: { left in silent.withLock { $0 = left } },
                { BlockingWork.call(.write, at: other) { gate.wait() } }
            )
        }
        try await Task.sleep(for: .milliseconds(50))
        stuck.cancel()
        await #expect(throws: CancellationError.self) { try await stuck.value }
        #expect(silent.withLock(\.self) == other)
    }

    @Test("only so many threads wait for one place")
    func bound() async throws {
        let gates = (1...4).map { _ in Gate() }
        defer { for gate in gates { gate.open() } }
        for gate in gates {
            let task = Task { try await blocked(gate) }
            try await Task.sleep(for: .milliseconds(30))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        await #expect(throws: NotAnswering.self) { try await BlockingWork.run(at: place) {} }
    }

    @Test("a silent place is asked again after 10 s")
    func memory() throws {
        let now = Mutex(ContinuousClock.now)
        let places = SilentPlaces { now.withLock(\.self) }
        places.abandonSilent(place, limit: nil) { true }
        let inner = Place(folder: place.path + "/inner")
        for _ in 1...2 {
            #expect(throws: NotAnswering.self) { try places.check(inner, limit: nil) }
            now.withLock { $0 += .seconds(4) }
        }
        now.withLock { $0 += .seconds(3) }
        try places.check(inner, limit: nil)
    }
}
