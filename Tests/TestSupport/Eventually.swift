/// Waits until something holds, for a minute at most: a test that waits so is as fast as what it waits for, and fails
/// where that never comes.
///
/// - Parameters:
///   - what: What is waited for, as the failure names it.
///   - limit: A time in which the test did not run, as the machine had others to run, counts for nothing: there are
///     also
///     so many looks, two milliseconds apart, as fit into a tenth of it.
/// - Throws: `PartFailure` after that.
public func eventually(
    _ what: String,
    within limit: Duration = .seconds(60),
    _ condition: () async throws -> Bool
) async throws {
    let pause: Duration = .milliseconds(2)
    let leastLookCount = Int(limit / pause / 10)
    let deadline = ContinuousClock.now + limit
    var lookCount = 0
    while ContinuousClock.now < deadline || lookCount < leastLookCount {
        if try await condition() { return }
        lookCount += 1
        try await Task.sleep(for: pause)
    }
    throw PartFailure("waited \(limit) in vain: \(what)")
}
