import Backups

/// An `expect` that failed, or a step that was not confirmed: exit code 3.
struct UnmetExpectation: Error {
    var message: String
    /// The stable code for programs.
    var code = "script.unmet-expectation"
    var hint: NextStep?
}
