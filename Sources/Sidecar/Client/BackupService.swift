public import Backups
import HTTP
import Text

/// The backup service that the etcd operator runs beside a cluster.
public enum BackupService {
    /// The backups of a service. Nothing is asked yet.
    ///
    /// - Parameters:
    ///   - layout: What the backups are called, for the service has no names.
    ///   - environment: The process's environment, for its proxies.
    ///   - world: What may be reached, if not everything.
    /// - Throws: A `UserError` where the address, a header or a file for TLS can't be used.
    public static func source(
        of settings: ServiceSettings,
        layout: any Layout,
        environment: [String: String],
        world: ClosedWorld? = nil,
        report: @escaping @Sendable (Notice) -> Void
    ) throws -> any BackupSource {
        let base = try ServiceAddress.base(settings)
        let headers = try settings.headers.map(Self.field)
        if !headers.isEmpty, !base.origin.isSecure, !base.origin.isLoopback {
            report(.warning("\(base.origin) is not encrypted: the headers that are sent to it can be read on the way"))
        }
        let connections = HTTPConnections(
            files: TLSFiles(
                authorities: settings.caFile,
                certificate: settings.certificateFile,
                key: settings.keyFile
            ),
            proxies: ProxyEnvironment(environment),
            world: world
        )
        let client = ServiceClient(base: base, connections: connections, headers: headers)
        return ServiceSource(client, cluster: settings.url == nil ? settings.cluster : nil, layout: layout)
    }

    /// Reads `Name: value`.
    ///
    /// - Throws: `ServiceError.notHeader` or `.headerValue` for what HTTP would not carry (RFC 9110, sections 5.1 and
    ///   5.5).
    static func field(_ text: String) throws(ServiceError) -> HTTPField {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let isName =
            !parts[0].isEmpty
            && parts[0].utf8.allSatisfy { byte in
                byte.isASCIIAlphanumeric
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        guard isName, parts.count == 2 else { throw .notHeader }
        let isValue = parts[1].utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
        guard isValue else { throw .headerValue(name: String(parts[0])) }
        return HTTPField(String(parts[0]), String(parts[1].trimmed))
    }
}
