import Backups

extension NextStep {
    /// The step in the words of the place where it stands: settings are options, actions are commands.
    ///
    /// - Parameter sources: All sources.
    func text(_ sources: [SourceDeclaration], _ offers: Offers = .prompt) -> String {
        parts.map { $0.text(sources, offers) }.joined()
    }
}

extension NextStep.Part {
    fileprivate func text(_ sources: [SourceDeclaration], _ offers: Offers) -> String {
        switch self {
        case .text(let text): text
        case .setting(let name, let value): "--\(name)" + (value.map { " \($0)" } ?? "")
        case .action(let action): action.text(sources, offers)
        case .line(let line): offers.own(line)
        }
    }
}

extension NextStep.Action {
    fileprivate func text(_ sources: [SourceDeclaration], _ offers: Offers) -> String {
        switch self {
        case .listBackups: offers.own("ls")
        case .chooseCluster: "cluster NAME"
        case .takeNewest: offers.own("pick max; get")
        case .pickRevisionOfVersion: "pick REVISION --etcd-version VERSION"
        case .useOtherSource: sources.waysToListAll
        case .run(let program): offers.system(program)
        case .use(let source, let place): use(source, place, offers)
        case .learnAboutParameters: offers.own("help param")
        case .learnAboutRecovery(let layout): offers.own(RecoveryGuides.line(forLayout: layout))
        case .leaveDrill: offers.own("drill stop")
        }
    }

    /// A place in capitals, as BUCKET, stands for any: it shows the form of the line only.
    private func use(_ source: String, _ place: String, _ offers: Offers) -> String {
        let line = "\(CommandDeclaration.useWord) \(source) \(place)"
        return place == place.uppercased() ? line : offers.own(line)
    }
}
