package struct DrillScript: Sendable { package var role = ""; package var lines: [String] = []; package var lineNumbers: [Int] = []; package var column = 1 }
extension Drill { package var scripts: [DrillScript] { [] } }
package struct DrillReport { package init(_ r: [DrillResult]) {}; package var markdown: String { "" }; package var html: String { "" } }
extension Seed { package static func random() -> Seed { Seed(UInt64.random(in: 0...0xffff)) } }
