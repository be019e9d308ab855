import Backups
import Blocking
import Codecs
import Files
import Glibc
import Shell
import SidecarServer
import Text

/// Serves the backups of a source, for `serve`.
enum Serving {
    /// - Returns: The number of complete downloads.
    /// - Throws: `ServerError`, `ServingError`.
    static func run(
        at place: ServeOptions,
        _ source: any BackupSource,
        _ cluster: ClusterName?,
        onListening: @escaping @Sendable (_ url: String) async -> Void,
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> Int {
        let settings = try await settings(of: place, report)
        let server = BackupServer(
            source,
            cluster: cluster,
            codecs: CodecRegistry.all,
            settings: settings,
            report: report
        )
        try await server.run(onListening: onListening)
        return server.finishedDownloadCount
    }

    /// Finds out whether `serve` could begin, and reports what it would warn of.
    ///
    /// - Throws: `ServerError`, `ServingError`.
    static func check(_ place: ServeOptions, report: @escaping @Sendable (Notice) -> Void) async throws {
        try await settings(of: place, report).check()
    }

    private static func settings(
        of place: ServeOptions,
        _ report: @Sendable (Notice) -> Void
    ) async throws -> ServerSettings {
        var settings = ServerSettings()
        if let text = place.address {
            guard let address = ListenAddress(text) else { throw ServingError.notAddress(text) }
            settings.address = address
        }
        settings.certificateFile = place.certificateFile
        settings.keyFile = place.keyFile
        settings.spoolFolder = place.spoolFolder
        if let path = place.tokenFile {
            do {
                settings.token = try await BlockingWork.smallFile(at: path) { try token(inFile: path) }
            } catch let error as NotAnswering {
                throw ServingError.unreadableToken(path: path, reason: error.description)
            }
        }
        warn(of: settings, report)
        return settings
    }

    /// A snapshot holds all the secrets of its cluster.
    private static func warn(of settings: ServerSettings, _ report: @Sendable (Notice) -> Void) {
        if settings.address.isLoopback { return }
        if settings.token == nil {
            report(
                .warning(
                    "anyone who reaches \(settings.address) can read all secrets of the cluster: --token-file sets a token that clients must send"
                )
            )
        }
        if settings.certificateFile == nil {
            report(
                .warning(
                    "data sent from \(settings.address) can be read on the way: --tls-cert and --tls-key encrypt it"
                )
            )
        }
    }

    private static func token(inFile path: String) throws -> Token {
        var bytes = [UInt8](repeating: 0, count: 4096)
        do throws(SystemError) {
            let descriptor = try systemCall { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
            defer { close(descriptor) }
            let count = try systemCall { read(descriptor, &bytes, bytes.count) }
            bytes.removeLast(bytes.count - count)
        } catch {
            throw ServingError.unreadableToken(path: path, reason: error.description)
        }
        let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
        guard let token = Token(String(line)) else { throw ServingError.weakToken(path: path) }
        return token
    }
}

/// An invalid setting of `serve`.
enum ServingError: UserError, Hinting {
    case notAddress(String)
    case unreadableToken(path: String, reason: String)
    case weakToken(path: String)

    var code: String {
        switch self {
        case .notAddress: "server.not-an-address"
        case .unreadableToken, .weakToken: "server.token"
        }
    }

    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .notAddress(let text): "cannot listen on '\(text.printable)': it is not an address with a port"
        case .unreadableToken(let path, let reason): "cannot read the token in \(path.printable): \(reason)"
        case .weakToken(let path):
            "cannot use the token in \(path.printable): its first line is not \(Token.leastCount) characters or more without blanks"
        }
    }

    var hint: NextStep? {
        switch self {
        case .notAddress: "write it as 127.0.0.1:19999"
        case .unreadableToken, .weakToken: "make one: head -c 24 /dev/urandom | base64 > FILE"
        }
    }
}
