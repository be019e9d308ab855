import Testing

@testable import Blocking

@Suite("A state that threads wait for")
struct MonitorTests {
    @Test("each of many threads goes on when the state is ready for it, and not before")
    func turns() async {
        let monitor = Monitor(0)
        let order = await withTaskGroup(of: Int.self, returning: [Int].self) { group in
            for turn in 0..<20 {
                group.addTask(executorPreference: DedicatedThread()) {
                    monitor.wait(
                        until: { $0 == turn },
                        then: { state in
                            state += 1
                            return turn
                        }
                    )
                }
            }
            var order: [Int] = []
            for await turn in group { order.append(turn) }
            return order
        }
        #expect(Set(order) == Set(0..<20))
        #expect(monitor.read { $0 } == 20 && !monitor.isWaitedFor)
    }
}
