/// Where the bytes of an image are: in a file of this machine, or in what was fetched of one elsewhere.
package protocol ByteSource: Sendable {
    var byteCount: Int64 { get }

    /// - Throws: `SnapshotReadingError.unreadable`.
    func read(at offset: Int64, byteCount: Int) throws(SnapshotReadingError) -> [UInt8]
}

extension ByteSource {
    /// As many as there are, up to so many.
    package func readIfThere(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        try read(at: offset, byteCount: Int(max(0, min(Int64(wanted), byteCount - offset))))
    }
}
