import Backups

/// A file that was left out, and that is of something else than what is chosen now.
struct FileOfOtherChoice: UserError, Hinting {
    /// What was to read it.
    let command: String
    /// What the file is, as a sentence names it.
    let file: String
    /// What is chosen otherwise, as the end of a sentence.
    let difference: String
    /// The command with the file in it.
    let line: String

    var code: String { "file.other-choice" }
    var category: ErrorCategory { .failed }
    var description: String { "cannot \(command) without FILE: the last one is \(file); \(difference)" }
    var hint: NextStep? { "if you mean that file: \(line: line); else get the one that you want first" }
}
