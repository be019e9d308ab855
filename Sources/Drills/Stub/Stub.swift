package struct Seed: Sendable, Hashable { package var value: UInt64; package init(_ v: UInt64) { value = v } }
package struct DrillFinding { package var line: Int; package var column: Int; package var message: String; package var hint: String? }
package enum DrillReader { }
