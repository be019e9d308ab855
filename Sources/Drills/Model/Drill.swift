import Text

/// A drill, as its file says it: what happened, what is to be reached, and what commonly goes wrong.
///
/// Its texts may hold `{{NAME}}`, which stands for a value that is known once the world is built:
/// `Drill.filled(with:)`.
package struct Drill: Sendable, Equatable {
    /// What `drill start` takes: lower-case letters, digits and `-`.
    package var name: String
    /// One line.
    package var title: String
    /// What is learned, one line.
    package var teaches: String
    /// How long an experienced person takes.
    package var minutes: Int
    /// What happened, ten lines at most.
    package var story: [String]
    /// Values that differ from seed to seed: for each name the texts that one is chosen of.
    package var choices: [String: [String]] = [:]
    package var world: World
    /// Programs that must be on the PATH.
    package var programs: [String] = []
    package var objectives: [Objective]
    package var mistakes: [Mistake] = []
    /// From vague to exact; the last is the command itself.
    package var hints: [String]
    /// An expert's way, in the shell's language: a script that is run in the folder `work`.
    package var solution: [String]
    /// The solution, the examples of mistakes and the last hint once more, with their places in the file; none where
    /// the drill was not read from one.
    package var scripts: [DrillScript] = []
    /// What to take from it, line by line.
    package var debrief: [String] = []
    package var injects: [Inject] = []
    /// What a runbook's parameters get where nothing is given: the cluster's name, the bucket's.
    package var parameters: [String: String] = [:]
    /// The backups that a recovery may end with; empty where the right end is to refuse all of them.
    package var rightBackups: [String]

    package init(
        name: String,
        title: String,
        teaches: String,
        minutes: Int,
        story: [String],
        world: World,
        objectives: [Objective],
        hints: [String],
        solution: [String],
        rightBackups: [String]
    ) {
        self.name = name
        self.title = title
        self.teaches = teaches
        self.minutes = minutes
        self.story = story
        self.world = world
        self.objectives = objectives
        self.hints = hints
        self.solution = solution
        self.rightBackups = rightBackups
    }
}

/// What must be true in the end.
package struct Objective: Sendable, Equatable {
    /// What is to be reached, as a sentence without its full stop.
    package var sentence: String
    /// All of them must hold.
    package var conditions: [Condition]

    package init(_ sentence: String, _ conditions: [Condition]) {
        self.sentence = sentence
        self.conditions = conditions
    }
}

/// A typical mistake: how it is recognised, and what is said of it.
package struct Mistake: Sendable, Equatable {
    /// Lower-case letters, digits and `-`.
    package var name: String
    /// All of them hold where the mistake was made.
    package var conditions: [Condition]
    package var answer: String
    /// A script that makes the mistake, line by line; it proves that the mistake is recognised.
    package var example: [String]

    package init(name: String, conditions: [Condition], answer: String, example: [String]) {
        self.name = name
        self.conditions = conditions
        self.answer = answer
        self.example = example
    }
}

/// Something that happens while the drill runs: at a time, or when the game master asks for it.
package struct Inject: Sendable, Equatable {
    /// Lower-case letters, digits and `-`.
    package var name: String
    /// How long after the start; `nil` where it happens only by `drill inject`.
    package var time: Duration?
    /// The message that the learner reads.
    package var message: String?
    /// The sources whose faults change, and to what. A change without faults brings a source back.
    package var faults: [SourceKind: Faults] = [:]

    package init(name: String, time: Duration? = nil, message: String? = nil, faults: [SourceKind: Faults] = [:]) {
        self.name = name
        self.time = time
        self.message = message
        self.faults = faults
    }
}
