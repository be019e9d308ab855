public import Backups
import HTTP
import Text

extension S3 {
    fileprivate static let name = "s3"
    private static let bucket = SourcePlace("BUCKET[/PREFIX]", BucketPlace.kind)
    private static let endpoint = SourceSetting(
        "endpoint",
        value: "URL",
        .url(
            placeForSecrets:
                "give the keys in the environment (AWS_ACCESS_KEY_ID …), in ~/.aws, or with \(setting: "profile", "NAME")"
        ),
        "a server that is not AWS"
    )
    private static let region = SourceSetting(
        "region",
        value: "REGION",
        .text,
        "where the bucket is; a redirect to another region is followed"
    )
    private static let profile = SourceSetting(
        "profile",
        value: "NAME",
        .text,
        "the profile in ~/.aws whose keys and settings to use"
    )
    private static let pathStyle = SourceSetting(
        switch: "path-style",
        "put the bucket's name in the path, not in the host's name"
    )
    private static let anonymous = SourceSetting(switch: "anonymous", "send no keys, for a public bucket")
    private static let caFile = SourceSetting(
        "ca-file",
        value: "FILE",
        .file,
        "certificate authorities to trust (PEM), instead of the system's"
    )

    /// How a user names a bucket.
    ///
    /// - Parameter layouts: Those that it may have.
    public static func declaration(layouts: [any Layout]) -> SourceDeclaration {
        let layout = SourceSetting.layout(among: layouts)
        let timezone = SourceSetting.timezone
        return SourceDeclaration(
            name: name,
            otherNames: ["bucket", "aws", "minio"],
            placeStarts: [BucketPlace.scheme],
            summary: "use a bucket, of AWS or of another S3 server",
            details: """
                The backups are in the bucket, or below PREFIX/. Their layout is recognised by the first \
                \(LayoutChoice.recognisingNameCount) names (help topic: layouts). Other settings \
                come from where the AWS tools find them: the environment (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, AWS_CA_BUNDLE …) and the \
                files in ~/.aws.
                """,
            place: bucket,
            settings: [endpoint, region, profile, pathStyle, anonymous, caFile, layout, timezone],
            examples: [
                SourceExample("my-backups", summary: "a bucket of AWS, with the keys that the AWS tools would use"),
                SourceExample(
                    "backups/prod",
                    settings: [("endpoint", "http://localhost:9000")],
                    summary: "another server, below prod/"
                ),
            ],
            topics: [.credentials, .proxy, .layouts(layouts)],
            needsCluster: false
        ) { place, values, context in
            let zone = try await values[timezone]?.zone()
            return try await source(
                of: S3Settings(
                    bucket: place.bucket,
                    prefix: place.prefix,
                    endpoint: values[endpoint],
                    region: values[region],
                    profile: values[profile],
                    usesPathStyle: values[pathStyle],
                    isAnonymous: values[anonymous],
                    caFile: values[caFile]
                ),
                values[layout] ?? LayoutChoice(of: layouts),
                environment: context.environment,
                home: context.home,
                world: context.world,
                report: context.report
            ).inTimeZone(zone)
        }
    }
}

/// A bucket as a user names it: `BUCKET`, or `BUCKET/PREFIX`, each also as other tools write it, with `s3://` before
/// it.
struct BucketPlace: Sendable, Equatable {
    var bucket: String
    /// Without slashes at its end.
    var prefix: String

    static let scheme = "s3://"

    static let kind = SettingKind("a bucket's name") { text throws(SettingError) in
        let path = text.hasPrefix(scheme) ? text.dropFirst(scheme.count) : text[...]
        let parts = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let bucket = parts[0]
        let isName =
            !bucket.isEmpty
            && bucket.utf8.allSatisfy { byte in
                byte.isASCIIAlphanumeric || "-._".utf8.contains(byte)
            }
        guard isName else { throw SettingError("'\(text.printable)' can't be a bucket's name") }
        var prefix = parts.count > 1 ? parts[1] : ""
        while prefix.hasSuffix("/") { prefix.removeLast() }
        return BucketPlace(bucket: String(bucket), prefix: String(prefix))
    }
}
