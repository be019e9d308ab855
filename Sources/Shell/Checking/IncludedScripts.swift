import Language
import Synchronization
import Text

/// The scripts that a script includes, each read once: a run uses the text that was checked, and a pipe can't be read
/// again.
final class IncludedScripts: Sendable {
    private let scripts = Mutex<[ByteText: SourceFile]>([:])

    /// - Throws: What `ScriptFile.read` throws; a failure is not kept.
    func read(_ path: String) throws -> SourceFile {
        if let known = scripts.withLock({ $0[ByteText(path)] }) { return known }
        let script = try ScriptFile.read(path)
        scripts.withLock { $0[ByteText(path)] = script }
        return script
    }
}
