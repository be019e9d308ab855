extension CommandDeclaration {
    static let useService = CommandDeclaration(
        words: ["use", "service"],
        summary: "takes the backups from the cluster's backup service, while that runs",
        details: [
            "Without URL it is made from the cluster: http://CLUSTER-backup-sidecar:19999, and",
            "with --namespace its full name in Kubernetes. A service has the backups of one",
            "cluster and can't list them: 'pick max' takes the newest, and",
            "'pick REVISION --etcd-version VERSION' another one.",
        ],
        arguments: [ArgumentDeclaration(name: "URL", kind: .url, isRequired: false)],
        options: [
            OptionDeclaration(
                name: "namespace",
                value: ("NS", .namespace),
                summary: "the Kubernetes namespace where the cluster is"
            ),
            OptionDeclaration(
                name: "cluster-domain",
                value: ("DOMAIN", .text),
                summary: "what names end in there, if not in cluster.local"
            ),
            OptionDeclaration(
                name: "ca-file",
                value: ("FILE", .file),
                summary: "certificate authorities to trust (PEM), instead of the system's"
            ),
            OptionDeclaration(
                name: "cert",
                value: ("FILE", .file),
                summary: "our own certificate (PEM), where the server wants one"
            ),
            OptionDeclaration(name: "key", value: ("FILE", .file), summary: "its key, if that is in another file"),
            OptionDeclaration(
                name: "header",
                value: ("'NAME: VALUE'", .secret),
                summary: "is sent with each request, and shown nowhere",
                isRepeatable: true
            ),
        ],
        examples: [
            .init("cluster foo; use service", "the service of the cluster, from within Kubernetes"),
            .init("use service http://localhost:19999", "behind kubectl port-forward"),
            .init(
                "cluster foo; use service || use s3 my-backups || use pv",
                "the first of three that answers and has a backup of the cluster"
            ),
        ],
        establishes: [.source],
        invalidates: [.pick, .listing],
        run: { invocation, session in
            var service = ServiceLocation(cluster: session.cluster)
            service.url = invocation.text("URL")
            service.namespace = invocation.option("namespace")
            service.clusterDomain = invocation.option("cluster-domain")
            service.caFile = invocation.option("ca-file")
            service.certificateFile = invocation.option("cert")
            service.keyFile = invocation.option("key")
            service.headers = invocation.options("header")
            try await connect(.service(service), session)
        }
    )
}
