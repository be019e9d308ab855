/// The schema of a transcript: each field that a line can have. Help shows it, and a test compares it with what is
/// written.
package struct TranscriptField: Sendable {
    /// With dots where it stands within another.
    package var name: String
    /// The kinds of lines that have it.
    package var kinds: [TranscriptEvent.Kind]
    package var summary: String

    private init(_ name: String, _ kinds: [TranscriptEvent.Kind], _ summary: String) {
        self.name = name
        self.kinds = kinds
        self.summary = summary
    }

    private static let every: [TranscriptEvent.Kind] = [.run, .begin, .command, .end]

    package static let all: [TranscriptField] = [
        .init(
            "kind",
            every,
            "run (a run begins), begin (a command begins), command (it has ended), end (the run ends)"
        ),
        .init("run", every, "the same on all lines of one run"),
        .init("time", every, "when that was, RFC 3339 in UTC; of command: when it began"),
        .init("host", every, "the machine"),
        .init("user", every, "who ran it; 'alice as root' with sudo"),
        .init("version", every, "the version of snapsh"),
        .init("script", [.run], "the script's path, -c, standard input, the command line, or prompt"),
        .init("dryRun", [.run], "true in a dry run: no command wrote anything"),
        .init("number", [.begin, .command], "which command of the run it is, from 1"),
        .init("command", [.begin, .command], "as it was typed; secrets are ***"),
        .init("ran", [.begin, .command], "as it ran, variables filled in, where that differs"),
        .init("place.file", [.begin, .command], "the script that it stands in"),
        .init("place.line", [.begin, .command], "from 1"),
        .init("place.column", [.begin, .command], "from 1"),
        .init("drill", [.begin, .command], "the drill that it ran in: none of its backups is a real one"),
        .init("duration", [.command, .end], "seconds"),
        .init("outcome", [.command], "ok, failed or skipped"),
        .init("code", [.command], "of a failure, for programs: store.not-found"),
        .init("message", [.command, .end], "why it failed, or why nothing was run"),
        .init("facts.source", [.command], "the source in use"),
        .init("facts.cluster", [.command], "the cluster"),
        .init("facts.object.name", [.command], "the backup that is picked"),
        .init("facts.object.key", [.command], "its whole name in the source"),
        .init("facts.object.etag", [.command], "its ETag, in a bucket"),
        .init("facts.object.version", [.command], "its version, in a bucket that keeps versions"),
        .init("facts.object.size", [.command], "in bytes"),
        .init("facts.object.revision", [.command], "as its name or its pages say"),
        .init("facts.object.modified", [.command], "when it was written"),
        .init("facts.file.path", [.command], "the file that was downloaded or verified"),
        .init("facts.file.size", [.command], "in bytes"),
        .init("facts.file.sha256", [.command], "as sha256sum prints it"),
        .init("facts.file.revision", [.command], "as the file itself says"),
        .init("facts.file.verified", [.command], "whether its SHA-256 is right"),
        .init("facts.restored.path", [.command], "the snapshot file that was restored"),
        .init("facts.restored.sha256", [.command], "its SHA-256, as sha256sum prints it"),
        .init("facts.restored.directories", [.command], "the data directories that hold it now"),
        .init("facts.restored.cluster", [.command], "the id of the new cluster"),
        .init("facts.restored.revision", [.command], "the revision that a client finds there"),
        .init("facts.restored.keyHash", [.command], "the hash of all keys up to the file's revision"),
        .init("exit", [.end], "the exit code"),
    ]
}
