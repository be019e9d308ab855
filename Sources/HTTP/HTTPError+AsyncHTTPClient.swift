import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension HTTPError {
    /// What the library's errors mean to someone who asked a server for something.
    package init(_ error: any Error, of request: HTTPRequest) {
        let origin = request.origin
        switch error {
        case let error as HTTPError:
            self = error
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            self = .cannotResolve(host: error.host)
        case let error as NIOConnectionError:
            let codes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
            let isTimeout = error.connectionErrors.contains { Self.isTimeout($0.error) }
            if codes.contains(ECONNREFUSED) {
                self = .refused(origin)
            } else {
                self = .cannotConnect(origin, reason: isTimeout ? Self.noConnection(request) : Self.text(codes.first))
            }
        case let error as ChannelError where Self.isTimeout(error):
            self = .cannotConnect(origin, reason: Self.noConnection(request))
        case is ChannelError:
            // One that was kept open, and that it had closed meanwhile.
            self = .broken(origin, reason: "it closed the connection")
        case let error as HTTPClientError:
            self.init(error, of: request)
        case NIOSSLError.uncleanShutdown:
            self = .broken(origin, reason: "it closed the connection")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self = .refused(origin)
        case let error as IOError:
            self = .broken(origin, reason: Self.text(error.errnoCode))
        case HTTPParserError.invalidEOFState:
            self = .broken(origin, reason: "it closed the connection")
        case is HTTPParserError:
            self = .notHTTP(origin)
        case let error as NIOSSLExtraError
        where error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch:
            self = .misnamed(origin)
        case NIOSSLError.handshakeFailed(let error):
            self.init(error, of: origin)
        case let error as BoringSSLError:
            self.init(error, of: origin)
        case is NIOSSLError, is NIOSSLExtraError:
            self = .impossible(origin, reason: "the TLS handshake failed")
        case is CancellationError:
            self = .broken(origin, reason: "the request was cancelled")
        default:
            self = .broken(origin, reason: "\(error)")
        }
    }

    /// The words are BoringSSL's (`ssl.errordata`); its own sentences name them among numbers and file names.
    private init(_ error: BoringSSLError, of origin: HTTPOrigin) {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            self = .untrusted(origin)
        } else if ["WRONG_VERSION_NUMBER", "HTTP_REQUEST"].contains(where: text.contains) {
            self = .withoutTLS(origin)
        } else if let word = text.firstMatch(of: /OPENSSL_internal:([A-Z0-9_]+)/) {
            let words = word.1.lowercased().replacing("_", with: " ")
            self = .impossible(origin, reason: "the TLS handshake failed (\(words))")
        } else {
            self = .cannotConnect(origin, reason: "the connection broke during the TLS handshake")
        }
    }

    private init(_ error: HTTPClientError, of request: HTTPRequest) {
        let origin = request.origin
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
            self = .cannotConnect(origin, reason: Self.noConnection(request))
        case .readTimeout, .deadlineExceeded, .writeTimeout:
            self = .silent(origin, seconds: Int(request.timeLimits.idle.components.seconds))
        case .remoteConnectionClosed:
            self = .broken(origin, reason: "it closed the connection")
        case .getConnectionFromPoolTimeout:
            self = .broken(origin, reason: "no connection became free")
        case .cancelled:
            self = .broken(origin, reason: "the request was cancelled")
        case .proxyAuthenticationRequired:
            self = .proxyLogin(origin)
        case .invalidProxyResponse:
            self = .proxyRefusal(origin)
        default:
            // Not its whole description: that may hold what was to be sent, a session's token for one.
            self = .impossible(origin, reason: error.shortDescription)
        }
    }

    private static func isTimeout(_ error: any Error) -> Bool {
        if case ChannelError.connectTimeout = error { true } else { false }
    }

    private static func noConnection(_ request: HTTPRequest) -> String {
        "could not connect within \(request.timeLimits.connecting.components.seconds) s"
    }

    private static func text(_ code: CInt?) -> String {
        code.flatMap { strerror($0) }.map { String(cString: $0) } ?? "unknown reason"
    }
}
