import Foundation

/// A certificate authority of a test's own, that nobody else trusts.
public final class CertificateAuthority: Sendable {
    /// A certificate and its key, as PEM files that live as long as the authority.
    public struct Certificate: Sendable {
        public var file: String
        public var keyFile: String
    }

    private let folder: TemporaryFolder
    private let own: Certificate

    public init() throws {
        folder = try TemporaryFolder()
        // Not the system's settings, which bring extensions of their own.
        try folder.write("[req]\ndistinguished_name = name\n[name]\n".utf8, to: "openssl.cnf")
        own = Certificate(file: folder.path("ca.pem"), keyFile: folder.path("ca.key"))
        try make(own, "snapsh test CA", ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"])
    }

    /// What those who trust it are given.
    public var file: String { own.file }

    /// A certificate for a server or a client.
    ///
    /// - Parameter names: Names of hosts, and IPv4 addresses.
    public func issue(for names: [String]) throws -> Certificate {
        let serial = UUID().uuidString
        let certificate = Certificate(file: folder.path("\(serial).pem"), keyFile: folder.path("\(serial).key"))
        let alternatives = names.map { name in
            name.allSatisfy { $0.isNumber || $0 == "." } ? "IP:\(name)" : "DNS:\(name)"
        }
        let extensions = [
            "basicConstraints=critical,CA:FALSE", "subjectAltName=\(alternatives.joined(separator: ","))",
        ]
        try make(certificate, names.first ?? "nobody", extensions, "-CA", own.file, "-CAkey", own.keyFile)
        return certificate
    }

    private func make(_ certificate: Certificate, _ name: String, _ extensions: [String], _ signer: String...) throws {
        let words =
            ["openssl", "req", "-x509", "-config", folder.path("openssl.cnf"), "-days", "2", "-subj", "/CN=\(name)"]
            + ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            + ["-keyout", certificate.keyFile, "-out", certificate.file]
            + extensions.flatMap { ["-addext", $0] } + signer
        let openssl = try ChildProcess(words)
        guard openssl.waitForEnd() == .exit(0) else {
            throw PartFailure("cannot make a certificate for \(name): openssl said\n\(openssl.said())")
        }
    }
}
