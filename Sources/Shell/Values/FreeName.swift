import Text

/// A name that nothing has yet.
enum FreeName {
    /// How many are tried.
    private static let maxCount = 100

    /// The path itself where nothing is there; else the first that is free of `foo-2.etcd`, `foo-3.etcd`, and so on.
    /// Where no answer comes, it is taken as it is. A `/` at its end is no part of the name.
    ///
    /// - Throws: `CancellationError`.
    static func next(to path: String) async throws -> String {
        let path = path.count > 1 && path.hasSuffix("/") ? PathParts(path).folder : path
        for number in 1...maxCount {
            let candidate = number == 1 ? path : numbered(path, number)
            let isTaken = try? await PathText.exists(candidate)
            try Task.checkCancellation()
            if isTaken != true { return candidate }
        }
        return path
    }

    /// The number stands before the ending of the last name.
    private static func numbered(_ path: String, _ number: Int) -> String {
        let parts = PathParts(path)
        guard let dot = parts.name.lastIndex(of: "."), dot > parts.name.startIndex else {
            return "\(parts.lead)\(parts.name)-\(number)"
        }
        return "\(parts.lead)\(parts.name[..<dot])-\(number)\(parts.name[dot...])"
    }
}
