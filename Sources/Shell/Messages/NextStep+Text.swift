import Backups

extension NextStep {
    /// The step in the words of the prompt: settings are options, actions are commands.
    ///
    /// - Parameter sources: All sources.
    func text(_ sources: [SourceDeclaration]) -> String { parts.map { $0.text(sources) }.joined() }
}

extension NextStep.Part {
    fileprivate func text(_ sources: [SourceDeclaration]) -> String {
        switch self {
        case .text(let text): text
        case .setting(let name, let value): "--\(name)" + (value.map { " \($0)" } ?? "")
        case .action(let action): action.text(sources)
        }
    }
}

extension NextStep.Action {
    fileprivate func text(_ sources: [SourceDeclaration]) -> String {
        switch self {
        case .listBackups: "ls"
        case .chooseCluster: "cluster NAME"
        case .pickRevisionOfVersion: "pick REVISION --etcd-version VERSION"
        case .useOtherSource: sources.waysToListAll
        case .run(let program): "!\(program)"
        case .use(let source, let place): "\(CommandDeclaration.useWord) \(source) \(place)"
        case .learnAboutParameters: "help param"
        case .leaveDrill: "drill stop"
        }
    }
}
