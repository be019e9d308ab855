import FoundationEssentials

/// A message beside the data that is no failure.
struct MessageRecord: Encodable {
    /// `note`, `warning` or `log`.
    let kind: String
    let message: String
    /// Where messages have times.
    let time: Date?
}
