import Backups

/// What the check knows about a fact's value before a run.
extension FactType {
    /// The least value of the type, if there is one.
    var least: FactValue? {
        switch self {
        case .count: .count(0)
        case .size: .size(0)
        case .duration: .duration(0)
        case .revision: Revision(0 as Int64).map(FactValue.revision)
        case .text, .backupName, .sha256, .hash, .version, .time, .yesNo: nil
        }
    }

    /// Sample texts of each form that a value has: if none of them fits, no value does.
    var sampleTexts: [String] {
        switch self {
        case .text: ["text"]
        case .sha256: [String(repeating: "3f", count: 32)]
        case .hash: ["9b008000", "f"]
        case .backupName: ["3.4.23_0000000000005020_etcd.backup"]
        case .version: ["3.4.23"]
        case .revision, .count, .size: ["0", "1", "20512"]
        case .time: ["2016-11-23T01:02:03Z"]
        case .duration: ["0s", "3d", "1d2h"]
        case .yesNo: ["yes", "no"]
        }
    }
}
