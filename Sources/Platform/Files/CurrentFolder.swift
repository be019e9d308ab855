import Glibc

/// The process's current folder at some time, whatever it is called since then.
package struct CurrentFolder: ~Copyable, Sendable {
    private let descriptor: Int32

    /// May block.
    package init() throws(SystemError) {
        descriptor = try systemCall { open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }

    deinit { close(descriptor) }

    /// Makes it the current one again.
    package func restore() throws(SystemError) {
        try systemCall { fchdir(descriptor) }
    }

    /// Its path, absolute and without links; that of before where it was removed (proc(5), `/proc/pid/cwd`).
    package static var path: String? {
        if let path = getcwd(nil, 0) {
            defer { free(path) }
            return String(cString: path)
        }
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard readlink("/proc/self/cwd", &bytes, bytes.count - 1) > 0 else { return nil }
        let path = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return path.hasSuffix(removedMark) ? String(path.dropLast(removedMark.count)) : path
    }

    private static let removedMark = " (deleted)"

    /// Makes another folder the current one. May block.
    package static func change(to path: String) throws(SystemError) {
        try systemCall { chdir(path) }
    }
}
