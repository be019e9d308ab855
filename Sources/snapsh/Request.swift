/// The parsed command line.
struct Request: Sendable {
    enum Script: Sendable, Equatable {
        case file(String)
        /// One command, its name first.
        case command([String])
        case text(String)
        case standardInput
    }

    /// Absent for a prompt.
    var script: Script?
    /// The values given as `name=value`.
    var parameters: [String: String] = [:]
    /// What follows the script and is no value for a parameter; the script's parameters say what was meant.
    var unreadWords: [String] = []
    /// The file of `--params`.
    var parameterFile: String?
    /// Whether only what the script says of itself is wanted.
    var asksForHelp = false
    /// Whether to check the script only.
    var checksOnly = false
    /// Scripts that are checked beside it.
    var furtherScripts: [Script] = []
    /// Whether what a check finds is written for code review.
    var printsSARIF = false
    /// The texts of steps that are done.
    var confirmed: [String] = []
    /// Whether commands only say what they would do.
    var isDryRun = false
    /// Where a dry run writes the script with its choices fixed.
    var pinFile: String?
    /// Whether the user is asked before each command.
    var asksAtEachStep = false
    /// Where what runs is kept.
    var transcript: String?
    var printsJSON = false
    var isQuiet = false

    /// Whether the script is to run, and not only looked at.
    var isRun: Bool { !checksOnly && !asksForHelp }
}
