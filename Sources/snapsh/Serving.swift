import Backups
import Blocking
import Codecs
import Files
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
            address: options.address.map(ListenAddress.init) ?? .usual,
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

    private static func token(inFile path: String?) async throws -> Token? {
        guard let path else { return nil }
        do {
            return try await BlockingWork.run(at: Place(folderOf: path)) { try readToken(path) }
        } catch let error as NotAnswering {
            throw ServingError.unreadableToken(path: path, reason: error.description)
        }
    }

    private static let maxTokenByteCount = 1 << 20

    /// The first line of a file, or of a pipe.
    private static func readToken(_ path: String) throws -> Token {
        let content: FileContent?
        do throws(SystemError) {
            content = try FileContent(of: path, maxByteCount: maxTokenByteCount)
        } catch {
            throw ServingError.unreadableToken(path: path, reason: error.description)
        }
        guard let content else {
            let reason = "it is larger than \(maxTokenByteCount.byteCountText)"
            throw ServingError.unreadableToken(path: path, reason: reason)
        }
        let line = String(decoding: content.bytes, as: UTF8.self).prefix { !$0.isNewline }
        guard let token = Token(String(line)) else { throw ServingError.weakToken(path: path) }
        return token
    }
}
