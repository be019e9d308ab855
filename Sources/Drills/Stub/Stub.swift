import Backups
package struct Seed: Sendable, Hashable { package var value: UInt64; package init(_ v: UInt64) { value = v } }
extension Drill {
    package func chosen(by seed: Seed) -> [String: String] { [:] }
    package func filled(with values: [String: String]) -> Drill { self }
}
package enum Catalog {
    package static var maxOrdinaryByteCount: Int64 { 70_000 }
    package static var ordinaryNames: [String] { [] }
    package static func content(named name: String) throws(WorldError) -> SnapshotContent { throw .unknownContent(name) }
    package static var drills: [(name: String, bytes: [UInt8])] { [] }
}
package struct DrillFinding { package var line: Int; package var column: Int; package var message: String; package var hint: String? }
package enum DrillReader { package static func read(_ bytes: [UInt8]) -> (drill: Drill?, findings: [DrillFinding]) { (nil, []) } }
