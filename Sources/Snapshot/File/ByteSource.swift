/// Where the bytes of an image are: in a file of this machine, or in what was fetched of one elsewhere.
package protocol ByteSource: Sendable {
    /// The length of the whole file; any number where that is not known yet.
    var byteCount: Int64 { get }
    /// Whether `byteCount` is known, or will be only when the last byte was written.
    var isLengthKnown: Bool { get }

    /// - Throws: `SnapshotReadingError.unreadable`.
    func read(at offset: Int64, byteCount: Int) throws(SnapshotReadingError) -> [UInt8]

    /// The next bytes of a reader that passes all of them in order; none at the end.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`.
    func readNext(at offset: Int64, upTo maxCount: Int) throws(SnapshotReadingError) -> [UInt8]

    /// A piece of the file that the byte at an offset is in: where it begins, and its bytes.
    ///
    /// - Parameters:
    ///   - limit: Where what is read ends.
    ///   - isInOrder: Whether what comes next is likely to be read, too.
    /// - Returns: `nil` where it is better to read no more than what is needed.
    /// - Throws: `SnapshotReadingError.unreadable`.
    func piece(
        at offset: Int64,
        upTo limit: Int64,
        isInOrder: Bool
    ) throws(SnapshotReadingError) -> (start: Int64, bytes: [UInt8])?

    /// The same once all bytes are written.
    func settled(byteCount: Int64) -> Self

    /// Ends the waiting for bytes that are not written yet.
    func stopWaiting()
}

extension ByteSource {
    package var isLengthKnown: Bool { true }

    /// As many as there are, up to so many.
    func readIfThere(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        try read(at: offset, byteCount: Int(max(0, min(Int64(wanted), byteCount - offset))))
    }

    package func readNext(at offset: Int64, upTo maxCount: Int) throws(SnapshotReadingError) -> [UInt8] {
        try readIfThere(at: offset, byteCount: maxCount)
    }

    package func piece(
        at offset: Int64,
        upTo limit: Int64,
        isInOrder: Bool
    ) throws(SnapshotReadingError) -> (start: Int64, bytes: [UInt8])? {
        guard isInOrder else { return nil }
        return (offset, try read(at: offset, byteCount: Int(min(128 << 10, limit - offset))))
    }

    package func settled(byteCount: Int64) -> Self { self }

    package func stopWaiting() {}
}
