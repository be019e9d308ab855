import Backups
import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore
import SidecarAPI
import Text

/// What a request is answered with, before a byte is sent.
enum ServiceResponse: Sendable {
    /// One line of text, as Go's `http.Error` writes it.
    case line(HTTPResponse.Status, String, HTTPFields = [:])
    case json([UInt8])
    case backup(Backup, ServedContent)
    /// Only what HEAD wants to know of a backup; the size is that of the snapshot in it, `nil` where that is unknown.
    case backupHead(Backup, byteCount: Int64?)

    /// There is too much to do just now.
    ///
    /// - Parameter seconds: After which to ask again.
    static func busy(_ line: String, retryAfter seconds: Int) -> ServiceResponse {
        .line(.serviceUnavailable, line, [.retryAfter: "\(seconds)"])
    }

    static func encoding(_ value: some Encodable) throws -> ServiceResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .json([UInt8](try encoder.encode(value)) + [0x0A])
    }

    /// The response's first lines; with the length of the body where it is known.
    var head: HTTPResponse {
        var head = headWithoutDate
        head.headerFields[.date] = HTTPDate.text(of: Date())
        return head
    }

    private var headWithoutDate: HTTPResponse {
        switch self {
        case .line(let status, let line, var fields):
            fields[.contentType] = "text/plain; charset=utf-8"
            fields[.contentLength] = String(line.utf8.count + 1)
            return HTTPResponse(status: status, headerFields: fields)
        case .json(let bytes):
            return HTTPResponse(
                status: .ok,
                headerFields: [.contentType: "application/json", .contentLength: String(bytes.count)]
            )
        case .backup(let backup, let content):
            return HTTPResponse(status: .ok, headerFields: Self.fields(of: backup, byteCount: content.byteCount))
        case .backupHead(let backup, let byteCount):
            return HTTPResponse(status: .ok, headerFields: Self.fields(of: backup, byteCount: byteCount))
        }
    }

    private static func fields(of backup: Backup, byteCount: Int64?) -> HTTPFields {
        var fields: HTTPFields = [.contentType: "application/octet-stream"]
        fields[.contentLength] = byteCount.map(String.init)
        if let name = HTTPField.Name(ServiceAPI.versionHeader) { fields[name] = backup.version.map { "\($0)" } }
        if let name = HTTPField.Name(ServiceAPI.revisionHeader) { fields[name] = backup.revision.map { "\($0.value)" } }
        return fields
    }
}
