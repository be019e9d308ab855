extension ExitCode {
    /// The text of `help codes`.
    static var help: String {
        TextTable.pairs(
            allCases.map { (String($0.rawValue), $0.meaning) } + [
                ("129", "the terminal was closed, or snapsh got SIGHUP"), ("143", "snapsh got SIGTERM"),
            ]
        ) + "\n\n  'exit CODE' ends a script with that code."
    }

    private var meaning: String {
        switch self {
        case .success: "everything went well"
        case .failed: "a command failed"
        case .mistake: "the script or the command line is wrong; of a script, nothing was run"
        case .unmetExpectation: "an 'expect' failed, or a step was not confirmed"
        case .notFound: "there is no such cluster, backup or file"
        case .unsound: "what was found is not a sound snapshot"
        case .unreachable: "a source can't be reached, or can't be read"
        case .interrupted: "interrupted"
        }
    }
}
