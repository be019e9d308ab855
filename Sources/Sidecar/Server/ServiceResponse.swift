import Backups
import FoundationEssentials
import NIOHTTP1
import SidecarAPI
import Text

/// What a request is answered with, before a byte is sent.
enum ServiceResponse: Sendable {
    /// One line of text, as Go's `http.Error` writes it.
    case line(HTTPResponseStatus, String, HTTPHeaders = [:])
    case json([UInt8])
    case backup(Backup, ServedContent)
    /// Only what HEAD wants to know of a backup; the size is that of the snapshot in it, `nil` where that is unknown.
    case backupHead(Backup, byteCount: Int64?)

    /// There is too much to do just now.
    ///
    /// - Parameter seconds: After which to ask again.
    static func busy(_ line: String, retryAfter seconds: Int) -> ServiceResponse {
        .line(.serviceUnavailable, line, ["Retry-After": "\(seconds)"])
    }

    static func encoding(_ value: some Encodable) throws -> ServiceResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .json([UInt8](try encoder.encode(value)) + [0x0A])
    }

    var status: HTTPResponseStatus {
        switch self {
        case .line(let status, _, _): status
        case .json, .backup, .backupHead: .ok
        }
    }

    /// With the length of the body where that can't be counted.
    ///
    /// - Parameter cluster: Whose backups they are, where that is known.
    func headers(naming cluster: ClusterName?) -> HTTPHeaders {
        var headers = ownHeaders.adding(ServiceAPI.clusterHeader, cluster?.headerValue)
        if let date = HTTPDate.text(of: Date()) { headers.add(name: "Date", value: date) }
        return headers
    }

    private var ownHeaders: HTTPHeaders {
        switch self {
        case .line(_, _, let headers): headers.adding("Content-Type", "text/plain; charset=utf-8")
        case .json: ["Content-Type": "application/json"]
        case .backup(let backup, let content): Self.headers(of: backup, byteCount: content.byteCount)
        case .backupHead(let backup, let byteCount): Self.headers(of: backup, byteCount: byteCount)
        }
    }

    private static func headers(of backup: Backup, byteCount: Int64?) -> HTTPHeaders {
        (["Content-Type": "application/octet-stream"] as HTTPHeaders)
            .adding("Content-Length", byteCount)
            .adding(ServiceAPI.versionHeader, backup.version)
            .adding(ServiceAPI.revisionHeader, backup.revision?.value)
    }
}

extension HTTPHeaders {
    fileprivate func adding(_ name: String, _ value: (some CustomStringConvertible)?) -> HTTPHeaders {
        guard let value else { return self }
        var headers = self
        headers.add(name: name, value: value.description)
        return headers
    }
}
