/// nginx as HTTPS in front of another server, with a certificate of an authority of its own.
public final class NginxServer: Sendable {
    /// What its clients have to trust.
    public let authority: CertificateAuthority
    private let server: ServerProcess
    private let folder: TemporaryFolder
    private let pathPrefix: String

    /// Starts it.
    ///
    /// The path, the query and the header `Host` reach the other server as the client sent them, so that signatures
    /// hold. Below a path prefix they don't: the client signs a path that the server never sees.
    ///
    /// - Parameters:
    ///   - upstream: The other server, such as `http://127.0.0.1:8080`.
    ///   - names: Whom the certificate is for; others make it a wrong one.
    ///   - pathPrefix: Such as `/s3`: taken off the paths; what lies elsewhere is 404.
    ///   - wantsClientCertificate: Whether clients without a certificate of the authority are answered 400.
    ///   - status: Everything is answered with this one, and nginx's own HTML page for it.
    public init(
        upstream: String,
        names: [String] = ["localhost", "127.0.0.1"],
        pathPrefix: String = "",
        wantsClientCertificate: Bool = false,
        status: Int? = nil
    ) throws {
        let folder = try TemporaryFolder()
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(for: names)
        let clients =
            wantsClientCertificate ? "ssl_client_certificate \(authority.file); ssl_verify_client on;" : ""
        let action = status.map { "return \($0);" } ?? "proxy_pass \(upstream)$upstream_target;"
        self.folder = folder
        self.authority = authority
        self.pathPrefix = pathPrefix

        server = try ServerProcess("nginx") { port in
            let settings = """
                daemon off;
                master_process off;
                pid \(folder.path)/pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path \(folder.path)/body;
                    proxy_temp_path \(folder.path)/proxy;
                    fastcgi_temp_path \(folder.path)/fastcgi;
                    uwsgi_temp_path \(folder.path)/uwsgi;
                    scgi_temp_path \(folder.path)/scgi;
                    large_client_header_buffers 4 32k;

                    # What proxy_pass gets from a variable it does not decode and encode again.
                    map $request_uri $upstream_target {
                        default "";
                        "~^\\Q\(pathPrefix)\\E(?<rest>/.*)$" $rest;
                    }
                    server {
                        listen 127.0.0.1:\(port) ssl;
                        ssl_certificate \(certificate.file);
                        ssl_certificate_key \(certificate.keyFile);
                        \(clients)
                        if ($upstream_target = "") { return 404; }
                        location / {
                            proxy_set_header Host $http_host;
                            proxy_http_version 1.1;
                            proxy_buffering off;
                            \(action)
                        }
                    }
                }
                """
            let file = try folder.write(settings.utf8, to: "nginx.conf")
            return ["nginx", "-p", folder.path, "-c", file, "-e", "stderr"]
        }
    }

    /// `https://localhost:PORT`.
    public var origin: String { "https://localhost:\(port)" }

    /// The origin, and the path prefix.
    public var endpoint: String { origin + pathPrefix }

    public var port: UInt16 { server.port }

    /// The certificate of its authority.
    public var caFile: String { authority.file }

    /// Ends it before this object goes away: its port then refuses.
    public func stop() { server.stop() }
}
