import Crypto
package import Files
import Glibc
import Text

/// A folder with all that is in it.
package enum FolderTree {
    /// Removes it, also where folders in it can't be written to, and whatever the names in it are. Nothing outside is
    /// touched: links are removed, not followed. May block.
    ///
    /// - Throws: `SystemError`. What is missing is no error.
    package static func remove(_ path: String) throws(SystemError) {
        try remove(Array(path.utf8CString), in: AT_FDCWD)
    }

    /// - Parameter name: With its 0; its bytes need not be UTF-8.
    private static func remove(_ name: [CChar], in folder: Int32) throws(SystemError) {
        do throws(SystemError) {
            try systemCall { unlinkat(folder, name, 0) }
            return
        } catch {
            if error.code == ENOENT { return }
            if error.code != EISDIR, error.code != EPERM { throw error }
        }
        fchmodat(folder, name, 0o700, 0)
        var tryCount = 0
        while true {
            try removeContent(name, in: folder)
            tryCount += 1
            do throws(SystemError) {
                try systemCall { unlinkat(folder, name, AT_REMOVEDIR) }
                return
            } catch {
                if error.code == ENOENT { return }
                // Another process that looks whose it is makes its lock in it meanwhile.
                guard error.code == ENOTEMPTY, tryCount < maxTryCount else { throw error }
            }
        }
    }

    private static let maxTryCount = 20

    private static func removeContent(_ name: [CChar], in folder: Int32) throws(SystemError) {
        let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard inner >= 0, let directory = fdopendir(inner) else {
            let error = SystemError(code: errno)
            if inner >= 0 { close(inner) }
            if error.code == ENOENT { return }
            throw error
        }
        // It closes the descriptor, too.
        defer { closedir(directory) }
        var names: [[CChar]] = []
        while let item = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &item.pointee.d_name) { $0.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0] }
            )
        }
        let dot = CChar(bitPattern: UInt8(ascii: "."))
        for name in names where name != [dot, 0] && name != [dot, dot, 0] { try remove(name, in: inner) }
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
