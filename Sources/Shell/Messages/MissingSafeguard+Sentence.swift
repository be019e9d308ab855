import Files
import Text

extension MissingSafeguard {
    /// What it means, as a sentence.
    var sentence: String {
        let reason = SystemError(code: code)
        return switch kind {
        case .lock:
            "cannot lock \(path.printable): \(reason); make sure that no other snapsh writes there"
        case .folderSync:
            "cannot sync the folder \(path.printable): \(reason); after a power failure, check that the files are there"
        }
    }
}
