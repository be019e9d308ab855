/// One of the few steps that `get` and `info` end with, before it is known where it will be read.
struct KeyStep: Sendable {
    /// A sentence.
    let text: String
    /// Where its lines run, in words of its sentence; `nil` where that is this machine.
    let place: String?
    /// In order; none where no line can do it.
    let lines: [OfferedLine]

    /// Names and texts for a table: only what runs on this machine is the `next`.
    func rows(_ offers: Offers) -> [(name: String, text: String)] {
        if lines.isEmpty { return [("step", text)] }
        guard let place else { return lines.map { ("next", $0.shown(offers)) } }
        // Another machine's shell has no prompt of ours.
        return lines.map { ("step", "\(place): \($0.shown(offers.inShell))") }
    }

    /// The same in `--json`.
    func record(_ offers: Offers) -> RecoveryRecord.Step {
        RecoveryRecord.Step(
            text: text,
            where: place,
            commands: lines.isEmpty ? nil : lines.map { $0.text(offers.inShell) }
        )
    }
}
