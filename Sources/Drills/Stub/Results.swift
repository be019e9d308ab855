package import FoundationEssentials
import Text
package struct DrillResult: Sendable, Codable, Equatable {
    package var drill: String
    package var ended: Date
    package var recoverySeconds: Double?
    package var proofSeconds: Double?
    package var hints: Int
    package var failedChecks: Int
    package var gaveUp: Bool
    package var summary: String { "" }
}
