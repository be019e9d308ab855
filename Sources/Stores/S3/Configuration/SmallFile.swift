import Files
import Glibc
import Text

/// A file of settings or with a token in it, read whole.
enum SmallFile {
    private static let maxByteCount = 1 << 20

    /// The path that people mean, with a leading `~/` replaced by their home; `nil` where they have none.
    static func path(_ name: String, home: String?) -> String? {
        name.hasPrefix("~/") ? home.map { $0 + name.dropFirst() } : name
    }

    /// - Returns: `nil` where there is no such file.
    /// - Throws: `SmallFileError`.
    static func text(of path: String) throws(SmallFileError) -> String? {
        let content: [UInt8]?
        do throws(SystemError) {
            let descriptor = try systemCall { open(path, O_RDONLY | O_CLOEXEC) }
            defer { close(descriptor) }
            content = try readToEnd(of: descriptor, maxByteCount: maxByteCount)
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw SmallFileError(reason: error.description)
        }
        guard let bytes = content else {
            throw SmallFileError(reason: "it is longer than \(maxByteCount.byteCountText)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SmallFileError(reason: "it is not UTF-8 text")
        }
        return text
    }
}

/// Why a small file can't be read.
struct SmallFileError: Error {
    /// The second half of a sentence: `permission denied`.
    var reason: String
}
