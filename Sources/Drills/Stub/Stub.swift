import Backups
package struct Seed: Sendable, Hashable { package var value: UInt64; package init(_ v: UInt64) { value = v } }
extension Drill {
    package func chosen(by seed: Seed) -> [String: String] { [:] }
    package func filled(with values: [String: String]) -> Drill { self }
}
package struct DrillFinding { package var line: Int; package var column: Int; package var message: String; package var hint: String? }
package enum DrillReader { package static func read(_ bytes: [UInt8]) -> (drill: Drill?, findings: [DrillFinding]) { (nil, []) } }
