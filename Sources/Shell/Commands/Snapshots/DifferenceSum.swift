/// How many keys differ between two snapshot files.
struct DifferenceSum: Sendable, Equatable {
    var added = 0
    var removed = 0
    var changed = 0
    let fromRevision: Int64
    let toRevision: Int64

    var isEmpty: Bool { added + removed + changed == 0 }

    /// `3 keys added, 0 removed, 1 changed`
    var text: String { "\(added) \(added == 1 ? "key" : "keys") added, \(removed) removed, \(changed) changed" }

    /// The sum as it is printed.
    var line: String {
        isEmpty
            ? "no keys differ between revision \(fromRevision) and \(toRevision)"
            : "from revision \(fromRevision) to \(toRevision): \(text)"
    }
}
