package import FoundationEssentials
package struct DrillResult: Sendable, Codable, Equatable {
    package init(from0: ()) {}
    package var drill = ""
    package var ended = Date()
    package var recoverySeconds: Double?
    package var proofSeconds: Double?
    package var hints = 0
    package var failedChecks = 0
    package var gaveUp = false
    package var summary: String { "" }
}
package struct ResultsFile: Sendable {
    package init(_ path: String) {}
    package var results: [DrillResult] { [] }
    package func add(_ result: DrillResult) throws {}
}
package struct Schedule { package init(_ r: [DrillResult]) {}; package var lastSuccess: Date? { nil }; package var due: Date? { nil } }
package struct DrillScript: Sendable { package var role = ""; package var lines: [String] = []; package var lineNumbers: [Int] = []; package var column = 1 }
extension Drill { package var scripts: [DrillScript] { [] } }
package struct DrillReport { package init(_ r: [DrillResult]) {}; package var markdown: String { "" }; package var html: String { "" } }
extension Seed { package static func random() -> Seed { Seed(UInt64.random(in: 0...0xffff)) } }
