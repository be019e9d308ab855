import TestSupport

/// The real tools that pack.
enum Packing {
    /// Runs a line of sh with bytes on its standard input.
    ///
    /// - Returns: What it writes to its standard output.
    static func shell(_ command: String, _ bytes: [UInt8], in folder: TemporaryFolder? = nil) throws -> [UInt8] {
        let folder = try folder ?? TemporaryFolder()
        try folder.write(bytes, to: ".input")
        let line = "{ \(command)\n} <.input >.output"
        guard try SystemTool.run(["sh", "-c", line], in: folder).exitCode == 0 else {
            throw PartFailure("'\(command)' failed")
        }
        return try folder.read(".output")
    }

    /// Runs lines of Python with bytes on their standard input.
    static func python(_ lines: String, _ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try folder.write(Array("import io, sys, tarfile, zipfile, zlib\n\(lines)\n".utf8), to: "pack.py")
        return try shell("python3 pack.py", bytes, in: folder)
    }

    /// As Omni packs a snapshot before it is encrypted (siderolabs/omni 1.10.4, `etcdbackup/crypt/encrypt.go`).
    static func omni(_ snapshot: [UInt8], secret: String = "c2VjcmV0", secretboxSecret: String = "") -> [UInt8] {
        let fields: [[UInt8]] = [[0x08, 1], Array(secret.utf8), Array(secretboxSecret.utf8)]
        return fields.flatMap { [0, 0, 0, 0, 0, 0, 0, UInt8($0.count)] + $0 } + snapshot
    }
}
