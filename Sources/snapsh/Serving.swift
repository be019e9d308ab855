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
        _ options: ServeOptions,
        _ source: any BackupSource,
        _ cluster: ClusterName?,
        onListening: @escaping @Sendable (_ url: String) async -> Void,
        report: @escaping @Sendable (Notice) -> Void
    ) async throws -> Int {
        let settings = try await settings(of: options, report)
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
    static func check(_ options: ServeOptions, report: @escaping @Sendable (Notice) -> Void) async throws {
        try await settings(of: options, report).check()
    }

    private static func settings(
        of options: ServeOptions,
        _ report: @Sendable (Notice) -> Void
    ) async throws -> ServerSettings {
        let settings = ServerSettings(
            address: try options.address.map(address) ?? .usual,
            certificateFile: options.certificateFile,
            keyFile: options.keyFile,
            token: try await token(inFile: options.tokenFile),
            spoolFolder: options.spoolFolder
        )
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

    private static func address(_ text: String) throws(ServingError) -> ListenAddress {
        guard let address = ListenAddress(text) else { throw .notAddress(text) }
        return address
    }

    private static func token(inFile path: String?) async throws -> Token? {
        guard let path else { return nil }
        do {
            return try await BlockingWork.smallFile(at: path) { try readToken(path) }
        } catch let error as NotAnswering {
            throw ServingError.unreadableToken(path: path, reason: error.description)
        }
    }

    private static func readToken(_ path: String) throws -> Token {
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
