import Backups
import Blocking
import Files
import Text

extension CommandDeclaration {
    /// Says what `serve` would do.
    @MainActor
    static func describeServe(_ invocation: Invocation, _ session: Session) async throws {
        let options = options(of: invocation)
        try session.checkServing(options)
        try await session.dependencies.checkServing(options, session.output.report)
        if let cause = session.dryRun?.cause(of: .source) ?? session.dryRun?.cause(of: .cluster) {
            return session.output.listing(
                "would serve backups; of which source and cluster is \(cause.sentence)",
                json: [WouldServeRecord()]
            )
        }
        let source = try session.requireSource()
        let cluster = try await session.clusterInUse()
        // What `serve` takes: whoever asks it says for which etcd.
        let selection = Selection(.newest, now: session.dependencies.now())
        func served(from listing: BackupListing) -> Backup? {
            selection.leading(among: listing.backups, by: listing.order)?.last
        }
        let listing = try await source.backups(of: cluster) { served(from: $0) != nil }
        let newest = served(from: listing)
        let folder = options.spoolFolder ?? SpoolFolder.usual(session.dependencies.processEnvironment)
        let free = try await freeByteCount(in: folder)
        let address = options.address?.description ?? "127.0.0.1:19999"
        session.output.listing(
            "would serve at \(address): the backups\(cluster.map { " of \($0.description.printable)" } ?? "") in the \(source.location)\n"
                + TextTable.pairs([
                    (
                        "newest",
                        newest.map { "\($0.name.printable), \($0.sizeText)" } ?? "there is none that can be used"
                    ),
                    ("checked", checked(options).map(\.sentence).joined(separator: ", ")),
                    ("copies", room(needed: newest.flatMap(\.byteCount), free: free, in: folder)),
                ]),
            json: [
                WouldServeRecord(
                    address: address,
                    cluster: cluster?.description,
                    location: source.location,
                    newest: newest?.name,
                    size: newest?.byteCount,
                    checked: checked(options).map(\.name),
                    spoolFolder: folder,
                    freeSpace: free
                )
            ]
        )
    }

    /// What was found right of what the server would need.
    private static func checked(_ options: ServeOptions) -> [(name: String, sentence: String)] {
        [("address", "the address is free")]
            + (options.certificateFile == nil ? [] : [("certificate", "the key fits the certificate")])
            + (options.tokenFile == nil ? [] : [("token", "the token is long enough")])
            + (options.spoolFolder == nil ? [] : [("spoolFolder", "the folder for copies can be written to")])
    }

    /// - Returns: `nil` where it is unknown.
    private static func freeByteCount(in folder: String) async throws -> Int64? {
        do {
            return try await BlockingWork.run(at: Place(folder: folder)) {
                BlockingWork.call(.lookup) { FreeSpace.byteCount(in: folder) }
            }
        } catch is NotAnswering {
            return nil
        }
    }

    private struct WouldServeRecord: Encodable {
        let kind = "would-serve"
        var address: String?
        var cluster: String?
        var location: String?
        /// The newest backup that can be used; absent where there is none.
        var newest: String?
        /// In bytes.
        var size: Int64?
        /// What was found right: address, certificate, token, spoolFolder.
        var checked: [String]?
        /// Where copies are kept of what is compressed or comes from another machine.
        var spoolFolder: String?
        var freeSpace: Int64?
    }
}
