extension CommandDeclaration {
    static let useS3 = CommandDeclaration(
        words: ["use", "s3"],
        summary: "takes the backups from a bucket: of AWS, or of any server that speaks S3",
        details: [
            "The backups are below v1/ in the bucket, or below PREFIX/v1/. What is not given",
            "here comes from where the AWS tools have it: the environment (AWS_PROFILE,",
            "AWS_REGION, AWS_ENDPOINT_URL, AWS_CA_BUNDLE …) and the files in ~/.aws.",
        ],
        arguments: [ArgumentDeclaration(name: "BUCKET[/PREFIX]", kind: .bucket)],
        options: [
            OptionDeclaration(name: "endpoint", value: ("URL", .endpoint), summary: "a server that is not AWS"),
            OptionDeclaration(
                name: "region",
                value: ("REGION", .text),
                summary: "where the bucket is; it is followed anyway"
            ),
            OptionDeclaration(name: "profile", value: ("NAME", .text), summary: "whose keys and settings of ~/.aws"),
            OptionDeclaration(name: "path-style", summary: "names the bucket in the path, not in the host's name"),
            OptionDeclaration(name: "anonymous", summary: "asks without keys, for a public bucket"),
            OptionDeclaration(
                name: "ca-file",
                value: ("FILE", .file),
                summary: "certificate authorities to trust (PEM), instead of the system's"
            ),
        ],
        examples: [
            .init("use s3 my-backups", "a bucket of AWS, with the keys that the AWS tools would use"),
            .init("use s3 backups/prod --endpoint http://localhost:9000", "a server of one's own, below prod/v1/"),
            .init("use s3 my-backups || use pv", "the volume, where the bucket can't be used"),
        ],
        establishes: [.source],
        invalidates: [.pick, .listing],
        run: { invocation, session in
            let place = (invocation.text("BUCKET[/PREFIX]") ?? "").split(separator: "/", maxSplits: 1)
            var bucket = BucketLocation(bucket: place.first.map(String.init) ?? "")
            bucket.prefix = place.count > 1 ? String(place[1].trimmingSuffix("/")) : ""
            bucket.endpoint = invocation.option("endpoint")
            bucket.region = invocation.option("region")
            bucket.profile = invocation.option("profile")
            bucket.caFile = invocation.option("ca-file")
            bucket.usesPathStyle = invocation.has(option: "path-style")
            bucket.isAnonymous = invocation.has(option: "anonymous")
            try await connect(.bucket(bucket), session)
        }
    )
}

extension Substring {
    /// Without what it ends in, however often.
    fileprivate func trimmingSuffix(_ suffix: String) -> Substring {
        var rest = self
        while rest.hasSuffix(suffix) { rest = rest.dropLast(suffix.count) }
        return rest
    }
}
