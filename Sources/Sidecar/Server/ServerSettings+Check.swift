import Blocking
import Files
import Glibc
import NIOCore
import NIOSSL

extension ServerSettings {
    /// Finds out whether a server could begin: whether the address is free, the certificate and its key can be used,
    /// and copies can be kept where they are to be. Nothing listens meanwhile, and nothing is written.
    ///
    /// - Throws: `ServerError`, `CancellationError`.
    public func check() async throws {
        if let tls = try await tlsConfiguration() {
            do {
                _ = try NIOSSLContext(configuration: tls)
            } catch {
                throw unfitKey
            }
        }
        if let spoolFolder { try await Self.checkFolder(spoolFolder) }
        do {
            try await BlockingWork.run(at: Place(description: address.description)) { try bindOnce() }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ServerError.cannotListen(address, reason: ServerError.reason(for: error))
        }
    }

    private static func checkFolder(_ path: String) async throws {
        do {
            try await BlockingWork.run(at: Place(folder: path)) {
                try BlockingWork.call(.lookup) { () throws(SystemError) in
                    _ = try systemCall { access("\(path)/.", W_OK | X_OK) }
                }
            }
        } catch let error as SystemError {
            throw ServerError.unusableSpoolFolder(path, reason: error.description)
        } catch let error as NotAnswering {
            throw ServerError.unusableSpoolFolder(path, reason: error.description)
        }
    }

    /// Takes the address as a server does, and gives it back at once.
    private func bindOnce() throws {
        let found = try BlockingWork.call(.lookup) {
            Result { try SocketAddress.makeAddressResolvingHost(address.host, port: address.port) }
        }.get()
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = try systemCall { socket(found.protocol.rawValue, type, 0) }
        defer { close(descriptor) }
        var isReusable: Int32 = 1
        let byteCount = socklen_t(MemoryLayout<Int32>.size)
        try systemCall { setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReusable, byteCount) }
        try found.withSockAddr { pointer, byteCount in
            _ = try systemCall { bind(descriptor, pointer, socklen_t(byteCount)) }
        }
    }

    /// - Returns: `nil` where the server speaks plain HTTP.
    /// - Throws: `ServerError.unusableFile`, `CancellationError`.
    func tlsConfiguration() async throws -> TLSConfiguration? {
        guard let certificate = certificateFile else { return nil }
        let chain = try await Self.reading(certificate, "there is no certificate in it that can be read") {
            try NIOSSLCertificate.fromPEMFile(certificate)
        }
        let keyFile = keyFile ?? certificate
        let key = try await Self.reading(keyFile, "there is no key in it that can be read") {
            try NIOSSLPrivateKey(file: keyFile, format: .pem)
        }
        return TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
    }

    /// That the certificate is another key's.
    var unfitKey: ServerError {
        .unusableFile(path: keyFile ?? certificateFile ?? "", reason: "the key does not fit the certificate")
    }

    /// - Throws: `ServerError.unusableFile`, `CancellationError`.
    private static func reading<Content: Sendable>(
        _ path: String,
        _ absence: String,
        _ read: @escaping @Sendable () throws -> Content
    ) async throws -> Content {
        do {
            return try await BlockingWork.smallFile(at: path, read)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as NotAnswering {
            throw ServerError.unusableFile(path: path, reason: error.description)
        } catch {
            throw ServerError.unusableFile(path: path, reason: absence)
        }
    }
}

extension ServerError {
    /// Why an address can't be taken.
    static func reason(for error: any Error) -> String {
        switch error {
        case let error as IOError: SystemError(code: error.errnoCode).description
        case is SocketAddressError: "there is no such address"
        default: "\(error)"
        }
    }
}
