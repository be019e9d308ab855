/// Something in a script or a command that is wrong in itself, whatever the outside world is like: exit code 2.
struct Mistake: Error {
    var message: String
    var hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// An `expect` that did not hold: exit code 3.
struct UnmetExpectation: Error {
    var message: String
}
