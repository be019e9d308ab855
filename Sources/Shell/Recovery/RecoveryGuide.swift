/// How a cluster is recovered from a backup, in the commands of the distribution that made it.
///
/// A guide is a pure function of what is known of the backup. `RecoveryGuides` has all of them, the folder `Guides` a
/// file for each distribution.
struct RecoveryGuide: Sendable {
    /// What `help recovery` takes: `k3s`.
    let name: String
    /// The layout whose backups it is for. One layout can be that of several distributions.
    let layout: String
    /// Whose way it is: `OpenShift 4`.
    let product: String
    /// What is done, in a few words.
    let summary: String
    /// What it begins with.
    var input = Input.snapshot
    /// Whether its backups end in the hash that etcd checks.
    var hasHash = true
    /// Whether its backups are of Kubernetes, whatever is known of the file: our own `restore` has the options for that
    /// then.
    var isOfKubernetes = false
    /// What must be at hand besides the backup; `nil` where nothing is.
    var needs: String?
    /// Whether our own `restore` is the way, so that `get` ends with it.
    var isOurs = false
    /// In order.
    let steps: [Step]
    /// Words in capitals that nobody but the reader knows, and what they stand for.
    var placeholders: [(word: String, meaning: String)] = []
    /// What else is good to know, for the whole way only.
    var remarks: [String] = []
    /// Where the distribution documents it; `nil` where it does not.
    var documentation: String?

    /// What of a backup the distribution's own commands take.
    enum Input: Sendable, Equatable {
        /// The snapshot, as `get` makes it.
        case snapshot
        /// The snapshot and what lies beside it, in one folder.
        case companions
        /// The archive as it is stored, in a folder where that matters.
        case stored(folder: String?)
        /// The backup in its place: nothing is downloaded.
        case place
    }

    struct Step: Sendable {
        /// A sentence.
        let text: String
        /// Where the commands run, in words of the sentence: `on all servers`. `nil` where that is the reader's own
        /// machine.
        let place: String?
        /// For the system's shell, a line each. No word of one holds a space, but for what is filled in,
        /// and none ends in a comment: a narrow terminal breaks it.
        let commands: [String]
        /// Whether it is one of those few that `get` and `info` end with.
        let isKey: Bool
    }
}

extension RecoveryGuide.Step {
    /// A step that only the whole way has.
    static func step(_ text: String, _ commands: String...) -> Self {
        Self(text: text, place: nil, commands: commands, isKey: false)
    }

    /// A step that `get` and `info` end with, too: its commands and where they run or, where it has none, its sentence.
    static func key(_ text: String, at place: String? = nil, _ commands: String...) -> Self {
        Self(text: text, place: place, commands: commands, isKey: true)
    }
}

extension RecoveryGuide {
    /// The `get` that it begins with; `nil` where it needs none.
    var getCommand: String? {
        let words: [String]
        switch input {
        case .snapshot: words = []
        case .companions:
            let folder = RecoverySubject.companionFolder
            words = ["\(folder)/", "--companions", folder]
        case .stored(let folder): words = [folder, "--as-stored"].compactMap(\.self)
        case .place: return nil
        }
        return (["get"] + words + (hasHash ? [] : ["--allow-no-trailer"])).joined(separator: " ")
    }

    /// What is to be filled in by the reader in these lines: `IP: the address of a node`.
    func placeholders(in lines: [String]) -> [String] {
        let words = Set(
            lines.flatMap { $0.split { !($0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_") }.map(String.init) }
        )
        return placeholders.filter { words.contains($0.word) }.map { "\($0.word): \($0.meaning)" }
    }

    /// What `get` and `info` end with. Empty where our own `restore` is the next step.
    var keySteps: [KeyStep] {
        steps.filter(\.isKey).map { step in
            KeyStep(text: step.text, place: step.place, lines: step.commands.map(OfferedLine.system))
        }
    }
}
