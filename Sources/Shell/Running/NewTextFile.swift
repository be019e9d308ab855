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
                    try BlockingWork.call(.sync) { () throws(SystemError) in
                        try WholeFile.write(Array(text.utf8), to: path, replacing: false)
                    }
                } catch {
                    let reason = error.code == EEXIST ? "it exists already" : error.description
                    throw NewTextFileError(path: path, reason: reason)
                }
            }
        } catch let silent as NotAnswering {
            throw NewTextFileError(path: path, reason: silent.description)
        }
    }
}
