import Drills
import Testing

@Suite("Faults")
struct FaultsTests {
    @Test("nothing is wrong unless it is said")
    func nothing() {
        #expect(!Faults().isDown && Faults().busyCount == 0)
    }
}
