import Foundation
import TestSupport
import Testing

/// A program in a folder of its own, with the backup volume of one test beside it, as `backups`.
struct Workplace {
    let program: Program
    let volume: BackupVolume

    /// - Parameter unprivileged: Whether file permissions hold for the program.
    init(unprivileged: Bool = false) throws {
        program = try unprivileged ? .unprivileged() : Program()
        volume = try BackupVolume()
        try program.folder.link("backups", to: volume.path)
        for path in [volume.path, volume.folder.path("v1")] { try Self.setMode(0o755, of: path) }
    }

    var folder: TemporaryFolder { program.folder }

    /// Runs a text that goes on from `use pv backups; cluster foo`.
    func recover(
        _ text: String,
        _ more: [String] = [],
        prefix: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Program.Outcome {
        try program.run(Self.words(text) + more, prefix: prefix, environment: environment)
    }

    /// The command line of `recover`.
    static func words(_ text: String) -> [String] {
        ["-c", "use pv backups; cluster foo; \(text)"]
    }

    /// Adds a backup of cluster `foo` that is large, and slow to get: a snapshot's head with a hole behind it. It has
    /// the size of a snapshot: so many bytes, and 32 for a SHA-256.
    ///
    /// - Parameter isSound: Whether a right SHA-256 is put at its end.
    func addLarge(_ revision: Int64, byteCount: Int64 = 1 << 30, isSound: Bool = false) throws {
        let path = volume.folder.path("v1/foo/\(try volume.add(revision))")
        guard truncate(path, off_t(byteCount + (isSound ? 0 : 32))) == 0 else { throw CocoaError(.fileWriteUnknown) }
        if isSound {
            let digits = Array(try SystemTool.run(["sha256sum", path]).output.prefix(64))
            let sum = stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(digits[$0..<$0 + 2]), radix: 16)
            }
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(sum))
            try file.close()
        }
    }

    /// Makes a folder in the folder that the program runs in.
    func makeFolder(_ name: String, mode: Int) throws {
        try folder.makeFolder(name)
        try Self.setMode(mode, of: folder.path(name))
    }

    static func setMode(_ mode: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// All that stands in the volume and in the folder that the program runs in.
    func state() throws -> [FolderState] {
        [try folder.state(), try volume.folder.state()]
    }

    /// What the program has made in its folder, hidden names included.
    func made() throws -> [String] {
        try folder.names().filter { $0 != "backups" }
    }
}

/// Expects a failure with an exit code and a sentence, and nothing in either stream that could act on a terminal.
func expectFailure(
    _ outcome: Program.Outcome,
    _ exitCode: Int32,
    says sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(outcome.exitCode == exitCode, "\(outcome.talk)", sourceLocation: sourceLocation)
    #expect(outcome.talk.contains(sentence), sourceLocation: sourceLocation)
    expectPlainText(outcome, sourceLocation: sourceLocation)
}

/// Expects that nothing but text and line ends is printed.
func expectPlainText(_ outcome: Program.Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
    for text in [outcome.output, outcome.talk] {
        let controls = text.unicodeScalars.filter {
            $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value))
        }
        #expect(controls.isEmpty, "\(text.debugDescription)", sourceLocation: sourceLocation)
    }
}
