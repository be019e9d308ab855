import Glibc
import TestSupport

/// A file to write to by its descriptor.
final class Log {
    private let folder: TemporaryFolder
    let descriptor: Int32

    init() throws {
        folder = try TemporaryFolder()
        descriptor = open(folder.path("log"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    }

    deinit { close(descriptor) }

    func text() throws -> String { try String(decoding: folder.read("log"), as: UTF8.self) }
}
