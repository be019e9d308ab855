import Foundation
import TestSupport

/// What a script of `Tests/Fixtures/scripts` is expected to bring about, or has brought about.
struct ScriptExpectation: Equatable {
    let exitCode: Int32
    let output: String
    let talk: String
    /// What was made in the folder that the script ran in, a line each.
    let files: [String]

    /// The form that stands in a `.expected` file.
    var text: String {
        """
        --- exit code
        \(exitCode)
        --- standard output
        \(output)--- standard error
        \(talk)--- files
        \(files.map { $0 + "\n" }.joined())
        """
    }

    init(_ outcome: Program.Outcome, in folder: TemporaryFolder, ignoring: Set<String>) throws {
        exitCode = outcome.exitCode
        output = Self.normalized(outcome.output, folder)
        talk = Self.normalized(outcome.talk, folder)
        files = try folder.names().filter { !ignoring.contains($0) }.flatMap { try Self.lines(of: $0, in: folder) }
    }

    /// A file, or a folder with all that is in it.
    private static func lines(of name: String, in folder: TemporaryFolder) throws -> [String] {
        let mode = String(try folder.mode(of: name) ?? 0, radix: 8)
        guard folder.isFolder(name) else { return ["\(name) \(try folder.read(name).count) \(mode)"] }
        return ["\(name)/ \(mode)"]
            + (try folder.names(in: name).flatMap { try lines(of: "\(name)/\($0)", in: folder) })
    }

    /// What differs from run to run, or from machine to machine, is replaced by what it is.
    private static func normalized(_ text: String, _ folder: TemporaryFolder) -> String {
        text.replacing(folder.path, with: "<folder>")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>")
            .replacing(/\b[0-9a-f]{64}\b/, with: "<sha256>")
            .replacing(/("fact":"pick.age","kind":"expectation","value":)\d+/) { "\($0.output.1)<seconds>" }
            .replacing(/(?m)^  took( +).+$/) { "  took\($0.output.1)<duration>" }
            .replacing(/(?m)^  time( +)about .+$/) { "  time\($0.output.1)<estimate>" }
            .replacing(/needed, [0-9.]+ [KMGT]iB free in\b/, with: "needed, <free> free in")
            .replacing(/"(ageSeconds|newestAgeSeconds|seconds|bytesPerSecond|freeSpace|free)":[0-9.e-]+/) {
                "\"\($0.output.1)\":<number>"
            }
    }
}
