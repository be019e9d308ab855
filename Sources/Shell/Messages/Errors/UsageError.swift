/// A mistake in the script itself, whatever the outside world is like. The check finds most of them before anything
/// runs. Where a word depends on a run-time value, it becomes an `UnusableValue`, which `||` catches.
struct UsageError: Error {
    /// The stable code for programs.
    let code = "script.bad-value"
    var message: String
    var hint: String?
    /// Whether it is about a secret. That is given by a person, not found by a run: `||` never catches it.
    var isOfSecret: Bool

    init(_ message: String, hint: String? = nil, isOfSecret: Bool = false) {
        self.message = message
        self.hint = hint
        self.isOfSecret = isOfSecret
    }
}
