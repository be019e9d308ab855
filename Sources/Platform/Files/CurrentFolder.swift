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

    /// Its path, absolute and without links; `nil` where it has none any more.
    package static var path: String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// Makes another folder the current one. May block.
    package static func change(to path: String) throws(SystemError) {
        try systemCall { chdir(path) }
    }
}
