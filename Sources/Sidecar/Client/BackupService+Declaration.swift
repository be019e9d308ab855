public import Backups
import HTTP

extension BackupService {
    private static let url = SourcePlace.optional(
        "URL",
        .url(
            placeForSecrets: """
                send it in a header: \(setting: "header", "\"Authorization: Bearer $token\"") \
                ('\(.learnAboutParameters)')
                """
        )
    )
    private static let namespace = SourceSetting(
        "namespace",
        value: "NS",
        .namespace,
        "the Kubernetes namespace where the cluster is"
    )
    private static let clusterDomain = SourceSetting(
        "cluster-domain",
        value: "DOMAIN",
        .text,
        "the cluster's DNS domain (default: cluster.local)"
    )
    private static let caFile = SourceSetting(
        "ca-file",
        value: "FILE",
        .file,
        "certificate authorities to trust (PEM), instead of the system's"
    )
    private static let certificateFile = SourceSetting(
        "cert",
        value: "FILE",
        .file,
        "a client certificate (PEM), if the server needs one"
    )
    private static let keyFile = SourceSetting("key", value: "FILE", .file, "its key, if it is in another file")
    private static let headers = SourceSetting.repeatable(
        "header",
        value: "'NAME: VALUE'",
        header,
        "a header to send with each request; it is never shown"
    )

    private static let header = SettingKind<String>("a header", meaning: .secret) { text throws(SettingError) in
        do throws(ServiceError) {
            _ = try field(text)
        } catch {
            throw SettingError(error.description, nextStep: error.nextStep)
        }
        return text
    }

    /// How a user names a backup service.
    ///
    /// - Parameter layout: What its backups are called.
    public static func declaration(layout: any Layout) -> SourceDeclaration {
        SourceDeclaration(
            name: "service",
            otherNames: ["sidecar"],
            placeStarts: ["http://", "https://"],
            summary: "use the cluster's backup service, while it runs",
            details: """
                Without URL it is the address in Kubernetes, http://CLUSTER-backup-sidecar:19999, and with a namespace its \
                full name in Kubernetes. A service has the backups of one cluster and can't list them.
                """,
            place: url,
            settings: [namespace, clusterDomain, caFile, certificateFile, keyFile, headers],
            examples: [
                SourceExample(needsCluster: true, summary: "the service of the cluster, from within Kubernetes"),
                SourceExample("http://localhost:19999", summary: "behind kubectl port-forward"),
            ],
            topics: [.proxy],
            listsAllBackups: false
        ) { url, values, context in
            var settings = ServiceSettings()
            settings.url = url
            settings.cluster = context.cluster
            settings.namespace = values[namespace]
            if let domain = values[clusterDomain] { settings.clusterDomain = domain }
            settings.caFile = values[caFile]
            settings.certificateFile = values[certificateFile]
            settings.keyFile = values[keyFile]
            settings.headers = values[headers]
            return try source(
                of: settings,
                layout: layout,
                environment: context.environment,
                world: context.world,
                report: context.report
            )
        }
    }
}
