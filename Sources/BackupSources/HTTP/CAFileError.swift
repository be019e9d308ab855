package import Backups
import Glibc

/// A file of certificate authorities that can't be used.
package struct CAFileError: Failure, Equatable {
    package var path: String
    package var reason: String

    package var category: FailureCategory { .unreachable }
    package var description: String { "cannot read the certificate authorities in \(path.printable): \(reason)" }
    package var hint: String? { "it must be a PEM file: name another with --ca-file" }

    /// The library tells no more than that it failed; whether the file is there at all is what people need to know.
    static func reason(for error: any Error, path: String) -> String {
        access(path, R_OK) == 0 ? "there is no certificate in it" : SystemError(code: errno).description
    }
}
