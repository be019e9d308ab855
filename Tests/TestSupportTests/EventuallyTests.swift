import Foundation
import TestSupport
import Testing

@Suite("A test that waits", .ownThread)
struct EventuallyTests {
    @Test("looks again where the machine did not let it run until its time was over")
    func kept() async throws {
        var lookCount = 0
        try await eventually("it is looked twice", within: .milliseconds(100)) {
            lookCount += 1
            if lookCount == 1 { usleep(150_000) }
            return lookCount == 2
        }
        #expect(lookCount == 2)
    }

    @Test("ends where it waits for what never comes")
    func never() async throws {
        await #expect(throws: PartFailure.self) {
            try await eventually("it never comes", within: .milliseconds(20)) { false }
        }
    }
}
