/// What is to be written into an image to make it the database of a new cluster.
struct DatabasePatch: Sendable {
    /// Whole pages, with the offset of each in bytes.
    var pieces: [(offset: Int64, bytes: [UInt8])]
    /// The length of the image before, in bytes.
    var oldByteCount: Int64
    /// The length of the database, in bytes.
    var byteCount: Int64
    /// The revision to which the bump has raised the cluster's; `nil` where there is none.
    var bumpedRevision: Int64?
}
