import Backups
import Foundation
import Testing

@Suite("How long ago something was written")
struct AgeTests {
    private static let now = Date(timeIntervalSince1970: 1_000_000)

    @Test(
        "is known up to a few seconds ahead of now, and unknown beyond that",
        arguments: [
            (3600, Age.past(3600)), (0, .past(0)), (-5, .past(0)), (-10, .past(0)), (-11, .future(11)),
            (-172_800, .future(172_800)),
        ] as [(TimeInterval, Age)]
    )
    func age(secondsAgo: TimeInterval, age: Age) {
        let found = Age(of: Self.now.addingTimeInterval(-secondsAgo), at: Self.now)
        #expect(found == age)
        #expect(found.isInFuture == (found.seconds == nil))
    }
}
