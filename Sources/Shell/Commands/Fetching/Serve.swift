import Backups
import Text

extension CommandDeclaration {
    private static let listen = Option(
        "listen",
        value: "ADDRESS:PORT",
        .listenAddress,
        "the address to listen on (default: 127.0.0.1:19999); ':PORT' is every IPv4 address"
    )
    private static let certificate = Option("tls-cert", value: "FILE", .file, "the server's certificate (PEM)")
    private static let key = Option("tls-key", value: "FILE", .file, "its key, if it is in another file")
    private static let token = Option(
        "token-file",
        value: "FILE",
        .file,
        "a file with a token of 16 or more characters that clients must send"
    )
    private static let spoolFolder = Option(
        "spool-dir",
        value: "DIR",
        .folder,
        "where copies of packed backups are kept, and of what a service sends; default: $TMPDIR or /var/tmp"
    )

    static let serve = CommandDeclaration(
        words: ["serve"],
        summary: "serve the backups as the backup service does",
        details: [
            "It serves those of the source in use, until Ctrl-C.",
            "For programs that still ask for the sidecar when it is gone: the operator's restore, or a",
            "curl in a runbook. It serves only verified backups, and only to this machine",
            "unless ADDRESS:PORT says otherwise. Its log, on standard error, has the time of each",
            "download and of each refusal. Ctrl-C or SIGTERM ends it, and with it the whole run, with",
            "exit code 0: what follows in a script is not run. At the prompt only the line ends.",
        ],
        options: [listen, certificate, key, token, spoolFolder],
        examples: [
            .init("serve", "as the sidecar on this machine: curl http://127.0.0.1:19999/v1/backup"),
            .init(
                "serve --listen :19999 --tls-cert cert.pem --tls-key key.pem --token-file token",
                "to other machines, which must send the token"
            ),
        ],
        needs: [.source, .cluster],
        records: [.serving, .wouldServe],
        dryRun: .described { try await describeServe($0, $1) },
        run: { invocation, session in
            let source = try session.requireSource()
            let cluster = try await session.clusterInUse()
            let (output, options) = (session.output, options(of: invocation))
            try session.checkServing(options)
            try await output.asLog(session.dependencies.now) {
                let count = try await session.dependencies.serve(
                    options,
                    source,
                    cluster,
                    { url in await reportListening(url, options, cluster, source, output) },
                    output.report
                )
                output.note("stopped serving, after \(count) \(count == 1 ? "download" : "downloads")")
            }
            // Who stops a server wants its end: nothing went wrong. At the prompt only the line ends, elsewhere the
            // run.
            if Task.isCancelled, output.offers.place == .shell { session.end(with: ExitCode.success.rawValue) }
        }
    )

    static func options(of invocation: Invocation) -> ServeOptions {
        ServeOptions(
            address: invocation[listen],
            certificateFile: invocation[certificate],
            keyFile: invocation[key],
            tokenFile: invocation[token],
            spoolFolder: invocation[spoolFolder]
        )
    }

    @MainActor
    private static func reportListening(
        _ url: String,
        _ options: ServeOptions,
        _ cluster: ClusterName?,
        _ source: any BackupSource,
        _ output: Output
    ) {
        let isEverywhere = ["0.0.0.0", "[::]"].contains { url.contains("//\($0):") }
        // An address that stands for all is none to connect to.
        let base =
            isEverywhere
            ? url.replacing("//0.0.0.0:", with: "//127.0.0.1:").replacing("//[::]:", with: "//[::1]:") : url
        let elsewhere = isEverywhere ? [("elsewhere", "the same with a name or an address of this machine")] : []
        let header = options.tokenFile.map {
            " --header \"Authorization: Bearer $(head -n 1 \(PathText.shellQuoted($0)))\""
        }
        output.result(
            "serving at \(url): the backups\(cluster.map { " of \($0.description.printable)" } ?? "") in the \(source.location)\n"
                + TextTable.pairs(
                    [
                        ("newest", Copyable.marked("curl --fail\(header ?? "") --output out.db \(base)/v1/backup")),
                        ("another", "\(base)/v1/backup?etcdVersion=VERSION&etcdRevision=REVISION"),
                        ("status", "\(base)/v1/status"),
                    ] + elsewhere + [("end", "Ctrl-C")]
                ),
            json: ServingRecord(url: url, cluster: cluster?.description, location: source.location)
        )
    }

    private struct ServingRecord: Encodable {
        let kind = "serving"
        let url: String
        /// Absent if the source does not name clusters.
        let cluster: String?
        let location: String
    }
}
