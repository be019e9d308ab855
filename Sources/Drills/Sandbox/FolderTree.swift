import Crypto
package import Files
import Glibc
import Text

/// A folder with all that is in it.
package enum FolderTree {
    /// Removes it, also where folders in it can't be written to. Nothing outside is touched: links are removed, not followed.
    /// May block.
    ///
    /// - Throws: `SystemError`. What is missing is no error.
    package static func remove(_ path: String) throws(SystemError) {
        do throws(SystemError) {
            try systemCall { unlink(path) }
            return
        } catch {
            if error.code == ENOENT { return }
            if error.code != EISDIR, error.code != EPERM { throw error }
        }
        chmod(path, 0o700)
        for name in try names(in: path) { try remove("\(path)/\(name)") }
        do throws(SystemError) {
            try systemCall { rmdir(path) }
        } catch {
            if error.code != ENOENT { throw error }
        }
    }

    /// Whether anything is in a folder. May block.
    package static func hasContent(_ path: String) -> Bool { (try? names(in: path))?.isEmpty == false }

    /// The names in a folder, sorted by their bytes.
    ///
    /// - Throws: `SystemError`.
    static func names(in path: String) throws(SystemError) -> [String] {
        guard let directory = opendir(path) else { throw SystemError(code: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while let item = readdir(directory) {
            let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The SHA-256 of all plain files in a folder, by their paths in it.
    ///
    /// - Throws: `SystemError`.
    static func digests(of path: String) throws(SystemError) -> [String: String] {
        var digests: [String: String] = [:]
        for name in try names(in: path) {
            let inner = "\(path)/\(name)"
            var status = stat()
            try systemCall { lstat(inner, &status) }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                for (rest, digest) in try Self.digests(of: inner) { digests["\(name)/\(rest)"] = digest }
            case S_IFREG: digests[name] = try digest(of: inner)
            default: break
            }
        }
        return digests
    }

    /// The SHA-256 of a file.
    ///
    /// - Throws: `SystemError`.
    static func digest(of path: String) throws(SystemError) -> String {
        let descriptor = try systemCall { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW) }
        defer { close(descriptor) }
        var hash = SHA256()
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try systemCall { read(descriptor, &bytes, bytes.count) }
            if count == 0 { return hash.finalize().hexadecimalDigits }
            bytes.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}
