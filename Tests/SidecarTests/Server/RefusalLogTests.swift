import Backups
import Synchronization
import Testing

@testable import SidecarServer

@Suite("The log of refused requests")
struct RefusalLogTests {
    @Test("shows so many in a minute, and counts the others")
    func limit() {
        let lines = Mutex<[String]>([])
        let log = RefusalLog { notice in lines.withLock { $0.append(notice.text) } }
        let start = ContinuousClock.now
        for number in 0..<1000 { log.add("refused \(number)", at: start) }
        #expect(lines.withLock(\.count) == 60)
        log.add("refused again", at: start + .seconds(61))
        #expect(
            lines.withLock { $0.suffix(2) } == ["refused 940 more requests, which are not shown", "refused again"]
        )
    }
}
