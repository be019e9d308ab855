import Backups
import Files
import Glibc

extension StoreError {
    /// What a failed call for a key means.
    init(_ error: SystemError, of key: String) {
        self =
            switch error.code {
            case ENOENT, ENOTDIR: .notFound(key)
            case EACCES, EPERM: .notAllowed(key, reason: error.description)
            // Only a link that took the place of what was resolved a moment ago.
            case ELOOP: .failed(key, reason: "its links lead in a circle")
            default: .failed(key, reason: error.description)
            }
    }
}
