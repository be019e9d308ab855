import Backups

package struct Seed: Sendable, Hashable {
    package var value: UInt64
    package init(_ v: UInt64) { value = v }
}
extension Drill {
    package func chosen(by seed: Seed) -> [String: String] { [:] }
    package func filled(with values: [String: String]) -> Drill { self }
}
