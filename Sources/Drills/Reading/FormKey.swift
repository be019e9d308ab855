/// A key of the form of drills.
struct FormKey: Sendable {
    let name: String
    /// What it is, for help and hints.
    let summary: String
    let isOptional: Bool

    /// One that must be there.
    init(_ name: String, _ summary: String) {
        (self.name, self.summary) = (name, summary)
        isOptional = false
    }

    /// One that may be left out.
    init(optional name: String, _ summary: String) {
        (self.name, self.summary) = (name, summary)
        isOptional = true
    }
}

/// The keys that stand together at one place of the form.
struct FormSection: Sendable {
    /// Where that is, for help: `world: clusters: backups:`.
    let place: String
    /// What they say something of: `a backup`.
    let noun: String
    let keys: [FormKey]
}
