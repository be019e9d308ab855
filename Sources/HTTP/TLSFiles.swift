package import Backups
import Blocking
import Files
import Glibc
package import NIOSSL
import Text

/// The PEM files that connections are made with, where the user names any.
package struct TLSFiles: Sendable, Hashable {
    /// The authorities that are trusted instead of the system's.
    package var authorities: String?
    /// Our own certificate, with those that lead from it to its authority.
    package var certificate: String?
    /// Its key; in the same file where none is named.
    package var key: String?

    package init(authorities: String? = nil, certificate: String? = nil, key: String? = nil) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
    }

    /// - Returns: `nil` where no file is named, and the system's settings hold.
    /// - Throws: `TLSFileError`, `CancellationError`.
    package func configuration() async throws -> TLSConfiguration? {
        if authorities == nil, certificate == nil { return nil }
        var tls = TLSConfiguration.makeClientConfiguration()
        if let authorities {
            tls.trustRoots = .certificates(
                try await Self.read(authorities, as: .authorities) { try NIOSSLCertificate.fromPEMFile(authorities) }
            )
        }
        if let certificate {
            tls.certificateChain = try await Self.read(certificate, as: .certificate) {
                try NIOSSLCertificate.fromPEMFile(certificate)
            }.map { .certificate($0) }
            let key = key ?? certificate
            tls.privateKey = .privateKey(
                try await Self.read(key, as: .key) { try NIOSSLPrivateKey(file: key, format: .pem) }
            )
        }
        return tls
    }

    private static func read<Content: Sendable>(
        _ path: String,
        as kind: TLSFileError.Kind,
        _ reading: @escaping @Sendable () throws -> Content
    ) async throws -> Content {
        do {
            return try await BlockingWork.smallFile(at: path) {
                do {
                    return try reading()
                } catch {
                    // The library says only that it failed; people need to know whether the file is there at all.
                    let reason = access(path, R_OK) == 0 ? nil : SystemError(code: errno).description
                    throw TLSFileError(kind: kind, path: path, reason: reason)
                }
            }
        } catch let silent as NotAnswering {
            throw TLSFileError(kind: kind, path: path, reason: silent.description)
        }
    }
}

/// A file for TLS that can't be used.
package struct TLSFileError: UserError, Equatable {
    package enum Kind: Sendable, Equatable {
        case authorities
        case certificate
        case key
    }

    package var kind: Kind
    package var path: String
    /// Absent where the file can be read, and is not what it should be.
    package var reason: String?

    package var code: String { "http.tls-file" }

    package var category: ErrorCategory { .unreachable }

    package var description: String {
        let (name, absence) =
            switch kind {
            case .authorities: ("certificate authorities", "there is no certificate in it")
            case .certificate: ("certificate", "there is no certificate in it")
            case .key: ("key", "there is no key in it that can be used without a password")
            }
        return "cannot read the \(name) in \(path.printable): \(reason ?? absence)"
    }

    package var nextStep: NextStep? {
        switch kind {
        case .authorities: "it must be a PEM file: name another with \(setting: "ca-file")"
        case .certificate: "it must be a PEM file: name another with \(setting: "cert")"
        case .key: "it must be a PEM file: name another with \(setting: "key")"
        }
    }
}
