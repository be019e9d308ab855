import Backups

extension Need {
    /// What is missing, as a finding.
    var absence: String {
        switch self {
        case .source: "no source of backups is in use before this"
        case .cluster: "no cluster is chosen before this"
        case .pick: "no backup is picked before this"
        case .listing: "nothing is listed before this"
        case .file: "nothing is downloaded or verified before this"
        }
    }

    /// What is missing on some paths only, as a finding.
    var uncertainty: String {
        switch self {
        case .source: "it is not certain that a source of backups is in use here"
        case .cluster: "it is not certain that a cluster is chosen here"
        case .pick: "it is not certain that a backup is picked here"
        case .listing: "it is not certain that backups are listed here"
        case .file: "it is not certain that a file is downloaded or verified here"
        }
    }

    /// The next step where it is missing on some paths only.
    static let hintOfUncertainty = "the command before '||' may have failed: end the script there ('|| exit 1')"

    /// The next step.
    func nextStep(_ sources: [SourceDeclaration]) -> String {
        switch self {
        case .source: "connect to one first: \(sources.waysToConnect)"
        case .cluster: "choose one first: cluster NAME ('clusters' lists them)"
        case .pick: "choose one first: pick max"
        case .listing: "list the backups first: ls"
        case .file: "download the pick first: get; or verify a file: verify FILE"
        }
    }
}
