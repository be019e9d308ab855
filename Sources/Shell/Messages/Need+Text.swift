import Backups
import Language

extension Need {
    /// What is missing, as a finding.
    var absence: String {
        switch self {
        case .source: "no source of backups is in use before this"
        case .cluster: "no cluster is chosen before this"
        case .pick: "no backup is picked before this"
        case .listing: "nothing is listed before this"
        case .file: "no file that is downloaded, or verified as sound, is at hand"
        case .currentFile: "another place, cluster or backup is chosen after the last file was downloaded or verified"
        case .difference: "no files are compared before this"
        }
    }

    /// What is missing on some paths only, as a finding.
    var uncertainty: String {
        switch self {
        case .source: "it is not certain that a source of backups is in use here"
        case .cluster: "it is not certain that a cluster is chosen here"
        case .pick: "it is not certain that a backup is picked here"
        case .listing: "it is not certain that backups are listed here"
        case .file, .currentFile: "it is not certain that a file is downloaded or verified here"
        case .difference: "it is not certain that files are compared here"
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
        case .file, .currentFile: "download the pick first: get; or verify a file: verify FILE"
        case .difference: "compare two files first: diff FILE1 FILE2"
        }
    }

    /// The command that leads to it; `nil` where the source decides whether it is needed.
    fileprivate func step(_ sources: [SourceDeclaration]) -> String? {
        switch self {
        case .source: sources.last.map { $0.command($0.place.name) }
        case .cluster: nil
        case .pick: "pick max"
        case .listing: "ls"
        case .file, .currentFile: "get"
        case .difference: "diff FILE1 FILE2"
        }
    }
}

extension [Need] {
    /// One line for the system's shell that does what a command needs first, and then the command.
    ///
    /// - Parameter use: What connects to the source, where that is known.
    func wholeRun(of line: String, _ commands: CommandTable, using use: String? = nil) -> String {
        var needs = NeedSet(self)
        if needs.contains(.file) || needs.contains(.currentFile) { needs.formUnion(NeedSet(.pick)) }
        if needs.contains(.pick) || needs.contains(.listing) { needs.formUnion(NeedSet(.source)) }
        let steps = Need.allCases.filter(needs.contains).compactMap { need in
            need == .source ? use ?? need.step(commands.sources) : need.step(commands.sources)
        }
        return "snapsh " + (steps.isEmpty ? line : "-c " + Word.quoted((steps + [line]).joined(separator: "; ")))
    }
}

extension [Need] {
    /// The same for a command of the command line. A word of `ls` that stands for one name may well be a folder.
    func wholeRun(of command: BoundCommand, _ commands: CommandTable) -> String {
        guard contains(.source), command.declaration.name == CommandDeclaration.ls.name,
            let text = command.arguments.first?.word.literal, !text.contains(where: { "*?[".contains($0) }),
            let volume = commands.sources.last
        else { return wholeRun(of: command.line(commands), commands) }
        return wholeRun(of: command.declaration.name, commands, using: volume.command(Word.quoted(text)))
    }
}
