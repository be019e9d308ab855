import Blocking
import Files
import Glibc
import Text

/// Writes a text into a new file, whole or not at all; only its owner can read it.
package enum NewTextFile {
    /// - Throws: `NewTextFileError` where something has the name already.
    package static func checkThatItIsFree(_ path: String) async throws {
        if try await PathText.exists(path) { throw NewTextFileError(path: path, reason: "it exists already") }
    }

    /// - Throws: `NewTextFileError`, `CancellationError`.
    package static func write(_ text: String, to path: String) async throws {
        do {
            try await BlockingWork.run(at: Place(folderOf: path), tidiesUp: true) {
                do throws(SystemError) {
                    try BlockingWork.call(.sync) { () throws(SystemError) in try writeNow(Array(text.utf8), to: path) }
                } catch {
                    let reason = error.code == EEXIST ? "it exists already" : error.description
                    throw NewTextFileError(path: path, reason: reason)
                }
            }
        } catch let silent as NotAnswering {
            throw NewTextFileError(path: path, reason: silent.description)
        }
    }

    private static func writeNow(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let parts = PathParts(path)
        let hidden = parts.sibling(".\(parts.name).\(getpid()).part")
        let descriptor = try systemCall { open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        defer { close(descriptor) }
        do throws(SystemError) {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = try systemCall {
                    rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                }
                rest = rest.dropFirst(count)
            }
            try systemCall { fsync(descriptor) }
            try renameWithoutReplacing(hidden, to: path)
        } catch {
            unlink(hidden)
            throw error
        }
    }
}
