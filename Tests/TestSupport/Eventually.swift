/// Waits until something holds, for a minute at most: a test that waits so is as fast as what it waits for, and fails where
/// that never comes.
///
/// - Parameter what: What is waited for, as the failure names it.
/// - Throws: `PartFailure` after a minute.
public func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(2))
    }
    throw PartFailure("waited a minute in vain: \(what)")
}
