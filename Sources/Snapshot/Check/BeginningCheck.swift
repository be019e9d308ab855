/// Whether bytes that come one after the other can be those of a snapshot, as soon as their beginning shows it: what is
/// something else need not be read to its end.
package struct BeginningCheck: Sendable {
    /// `nil` once it was looked at.
    private var head: [UInt8]? = []

    package init() {}

    /// Takes the next bytes.
    ///
    /// - Throws: Why they are not a snapshot's, once there are enough of them.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) throws(SnapshotProblem) {
        guard let begun = head else { return }
        let beginning = begun + bytes.prefix(FileHead.byteCount - begun.count)
        let isWhole = beginning.count == FileHead.byteCount
        head = isWhole ? nil : beginning
        // How long the file will be does not matter: it is long enough.
        if isWhole, let problem = FileHead(beginning, byteCount: .max).problem { throw problem }
    }
}
