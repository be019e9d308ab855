/// Which facts can be filled in where a value of the kind is wanted.
extension ValueKind {
    /// Whether a fact of the type can be the whole value.
    func takes(_ type: FactType) -> Bool {
        switch self {
        case .count, .exitCode: type == .count
        case .revision: type == .revision
        case .choice: type == .revision || type == .backupName
        case .version: type == .version
        case .time: type == .time
        default: canBe(oneOf: type.sampleTexts)
        }
    }

    /// Whether one of the texts is such a value.
    func canBe(oneOf texts: [String]) -> Bool {
        texts.contains { mistake(in: $0) == nil }
    }

    /// What a value is called in findings, with its article.
    var name: String {
        switch self {
        case .count: "a whole number from 1 on"
        case .exitCode: "an exit code from 0 to 255"
        case .revision: "a revision"
        case .choice: "max, min, a revision or a backup's name"
        case .version: "a version"
        case .time: "a time"
        case .cluster: "a cluster's name"
        case .namespace: "a namespace's name"
        case .bucket: "a bucket's name"
        case .url, .endpoint: "a URL"
        case .listenAddress: "an address with a port"
        case .initialCluster: "a list of members"
        case .variableName: "a variable's name"
        case .newFile, .file, .script, .folder, .newFolder: "a path"
        case .text, .secret, .shellCommand, .fact, .comparison, .topic, .glob: "a text"
        }
    }
}
