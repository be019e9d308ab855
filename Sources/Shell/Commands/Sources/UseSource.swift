import Backups
import Language
import Text

extension CommandDeclaration {
    /// The command that connects to a source: `use NAME`.
    ///
    /// - Parameter sources: All sources.
    convenience init(connectingTo source: SourceDeclaration, among sources: [SourceDeclaration]) {
        let hint = { @Sendable (step: NextStep) in step.text(sources) }
        self.init(
            words: source.commandWords,
            otherWords: source.otherNames,
            argumentStarts: source.placeStarts,
            summary: source.summary,
            details: source.help.wrapped(to: 86),
            arguments: [
                ArgumentDeclaration(
                    name: source.place.name,
                    kind: ValueKind(source.placeKind, hint: hint),
                    isRequired: source.place.isRequired
                )
            ],
            options: source.settings.map { OptionDeclaration($0, hint: hint) } + [UseOptions.cluster],
            examples: source.examples.map { Example($0.line(of: source), $0.summary) },
            establishes: [.source],
            invalidates: [.pick, .listing, .currentFile],
            records: [.source],
            dryRun: .asUsual,
            run: { invocation, session in
                var values = SettingValues()
                values.place = invocation.values(ofArgument: source.place.name).first
                for setting in source.settings {
                    for value in invocation.values(ofOption: setting.name) { values.add(value, of: setting) }
                }
                let kept = session.source.map { "the \($0.location) stays in use" }
                try await session.choosing(keeping: kept) {
                    do {
                        try await session.connect(to: source, values, invocation.clusterChoice)
                    } catch let error as ClusterError {
                        throw PlaceWithoutCluster(reason: error) {
                            (invocation.isOfCommandLine ? "snapsh " : "")
                                + invocation.line(with: UseOptions.cluster, Word.shown($0))
                        }
                    }
                }
            }
        )
    }
}

private enum UseOptions {
    static let cluster = Option(
        "cluster",
        value: "CLUSTER",
        .clusterOfPlace,
        "choose the place and its cluster at once: NAME, NAMESPACE/NAME, or '.' for the only one",
        establishes: [.cluster]
    )
}

/// The cluster that is wanted of a place.
enum ClusterChoice: Sendable {
    /// The one that was chosen before, if any.
    case before
    /// The only one of the place, whatever was chosen before.
    case only
    case named(ClusterName)
}

extension Invocation {
    fileprivate var clusterChoice: ClusterChoice {
        guard let text = self[UseOptions.cluster] else { return .before }
        if text == onlyCluster { return .only }
        return .named(ClusterName(path: text))
    }
}

extension SourceDeclaration {
    fileprivate var placeKind: SettingKind<any Sendable> {
        place.value?.kind ?? SettingKind("a text") { text throws(SettingError) in text }
    }

    /// The help text, with what its abilities mean for later commands.
    fileprivate var help: String {
        listsAllBackups
            ? details
            : details + " 'pick max' takes the newest, and 'pick REVISION --etcd-version VERSION' another one."
    }
}

extension SourceExample {
    fileprivate func line(of source: SourceDeclaration) -> String {
        let settings = settings.map { name, value in " --\(name)" + (value.map { " \(Word.shown($0))" } ?? "") }
        return (needsCluster ? "cluster foo; " : "") + source.command(place) + settings.joined()
    }
}

extension OptionDeclaration {
    fileprivate convenience init(_ setting: SettingDeclaration, hint: @escaping @Sendable (NextStep) -> String?) {
        guard let value = setting.value else {
            self.init(name: setting.name, summary: setting.summary)
            return
        }
        self.init(
            name: setting.name,
            value: (value.name, ValueKind(value.kind, hint: hint)),
            summary: setting.summary,
            isRepeatable: setting.isRepeatable
        )
    }
}

extension String {
    /// The text wrapped at spaces into lines of at most `width` characters.
    fileprivate func wrapped(to width: Int) -> [String] {
        split(separator: " ").reduce(into: []) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}
