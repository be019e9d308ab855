import Foundation

/// Tables of cases that lie in `Tests/Fixtures`. One that is shorter than it should be fails: a test that runs nothing
/// passes.
extension Fixture {
    /// Files with odd pages or keys: those of `cases` and of `finds`.
    public static func oddFiles() throws -> [String] {
        try paths(in: "cases", ending: ".db", atLeast: 4) + paths(in: "finds", atLeast: 2)
    }

    /// Snapshots of several releases of etcd, which are listed in the README.
    public static func releases() throws -> [String] { try paths(in: "releases", ending: ".db", atLeast: 4) }

    /// The paths in a folder of the fixtures, by name.
    ///
    /// - Parameters:
    ///   - ending: Of the names that count.
    ///   - count: How many there are as long as nothing is lost.
    /// - Throws: `PartFailure` where there are fewer.
    public static func paths(in name: String, ending: String = "", atLeast count: Int) throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []
        let found = names.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\(name)/\($0)" }
        guard found.count >= count else {
            throw PartFailure("Tests/Fixtures/\(name) has \(found.count) of \(count) cases")
        }
        return found
    }
}
