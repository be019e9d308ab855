/// Numbers of one group whose backups no page has shown yet, be there any or not.
struct UnseenRange: Sendable {
    var group: String
    /// The key after which they come.
    var after: String
    var low: Int64
    var high: Int64
    /// What the page was like that ended where the range begins; `nil` where none did.
    var density: KeyDensity?
}

/// How densely names stood on a page: a guess at how densely the next ones stand.
struct KeyDensity: Sendable {
    /// How far the number rises from one name to the next, on the average.
    var numbersPerName: Double
    /// Whether none of the names was a backup's.
    var isBarren: Bool
}
