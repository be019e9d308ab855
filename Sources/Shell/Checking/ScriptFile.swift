import Files
import Glibc
package import Language

/// Reads the text of a script.
package enum ScriptFile {
    /// The largest script in bytes. A larger file is refused before memory is allocated.
    package static let maxByteCount = 16 << 20

    /// The script in a file.
    ///
    /// - Throws: `ScriptFileError` if it can't be read, `Diagnostic` if it is not UTF-8 text.
    package static func read(_ path: String) throws -> SourceFile {
        do {
            guard let content = try FileContent(of: path, maxByteCount: maxByteCount) else {
                throw ScriptFileError.tooLarge(path)
            }
            return try SourceFile(name: path, bytes: content.bytes)
        } catch let error as SystemError where error.code == ENOENT {
            throw ScriptFileError.missing(path)
        } catch let error as SystemError {
            throw ScriptFileError.unreadable(path, reason: error.description)
        }
    }

    /// Reads the script from a descriptor, up to its end.
    ///
    /// - Throws: `SystemError`, `ScriptFileError.tooLarge`, `Diagnostic`.
    package static func read(_ descriptor: Int32, name: String) throws -> SourceFile {
        guard let bytes = try readToEnd(of: descriptor, maxByteCount: maxByteCount) else {
            throw ScriptFileError.tooLarge(name)
        }
        return try SourceFile(name: name, bytes: bytes)
    }
}
