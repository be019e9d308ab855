/// What is defined where an included script ends with a failure: what holds at each of its failures.
///
/// A variable is looked at only where it changes, so that a long script costs what it changes.
struct IncludedFailures: Sendable {
    private var joined: Definitions
    /// The variables that the script changes, as they were at the failures that were counted for each of them; `nil`
    /// for one that was not set there.
    private var entries: [String: VariableLayers.Entry?] = [:]
    private var failureCount = 0
    private var countedFailures: [String: Int] = [:]

    /// - Parameter definitions: What is defined before the script.
    init(_ definitions: Definitions) {
        joined = definitions
        // Where nothing fails, what stands behind `||` is checked all the same.
        joined.isReachable = false
    }

    /// Takes a chain of the script.
    ///
    /// - Parameters:
    ///   - failure: What is defined where it fails.
    ///   - success: What is defined where it succeeds, with what it changes in the newest layer.
    mutating func take(_ failure: Definitions, _ success: Definitions) {
        let names = Set(success.variables.changedNames).union(failure.variables.changedNames)
        for name in names { count(success.variables.before(name), of: name) }
        if failure.isReachable {
            failureCount += 1
            joined = joined.joined(with: failure, joined.variables)
            if failure.variables.mayBeMore { joined.variables.mayBeMore = true }
            for name in names { count(failure.variables[name], of: name) }
        }
        for name in names { countedFailures[name] = failureCount }
    }

    /// - Parameter definitions: What is defined behind the whole script, with what it changes in the newest layer.
    mutating func end(_ definitions: Definitions) -> Definitions {
        for name in definitions.variables.changedNames { count(definitions.variables[name], of: name) }
        for (name, entry) in entries {
            if let entry { joined.variables[name] = entry }
        }
        return joined
    }

    /// Counts the failures since the variable changed.
    private mutating func count(_ entry: VariableLayers.Entry?, of name: String) {
        guard countedFailures[name, default: 0] < failureCount else { return }
        entries[name] = .some(entries[name].map { VariableLayers.Entry.joined($0, entry) } ?? entry)
    }
}
