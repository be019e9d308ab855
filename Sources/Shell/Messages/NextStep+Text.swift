import Backups

extension NextStep {
    /// The step in the words of the prompt: settings are options, actions are commands.
    var text: String { parts.map(\.text).joined() }
}

extension NextStep.Part {
    fileprivate var text: String {
        switch self {
        case .text(let text): text
        case .setting(let name, let value): "--\(name)" + (value.map { " \($0)" } ?? "")
        case .action(let action): action.command
        }
    }
}

extension NextStep.Action {
    fileprivate var command: String {
        switch self {
        case .listBackups: "ls"
        case .chooseCluster: "cluster NAME"
        case .pickNewest: "pick max"
        case .pickRevisionOfVersion: "pick REVISION --etcd-version VERSION"
        case .useOtherSource: "use s3 BUCKET, or use pv [DIR]"
        case .run(let program): "!\(program)"
        case .use(let source, let place): "use \(source) \(place)"
        }
    }
}
