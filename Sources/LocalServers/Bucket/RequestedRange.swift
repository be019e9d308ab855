/// Which bytes of an object a request wants (RFC 9110, section 14.2).
enum RequestedRange {
    /// - Parameters:
    ///   - field: The value of `Range`; `nil` where there is none.
    ///   - byteCount: How many bytes the object has.
    /// - Returns: `nil` where the whole object is wanted, which is also the response to what is no single range of
    ///   bytes.
    /// - Throws: `BucketFailure.unsatisfiableRange` where the object has none of these bytes.
    static func bytes(_ field: String?, of byteCount: Int64) throws(BucketFailure) -> Range<Int64>? {
        guard let match = field?.wholeMatch(of: /bytes=([0-9]{0,18})-([0-9]{0,18})/) else { return nil }
        let (first, last): (Int64, Int64)
        switch (Int64(match.1), Int64(match.2)) {
        case (nil, nil): return nil
        case (nil, let count?): (first, last) = (max(0, byteCount - count), byteCount - 1)
        case (let start?, nil): (first, last) = (start, byteCount - 1)
        case (let start?, let end?):
            if start > end { return nil }
            (first, last) = (start, min(end, byteCount - 1))
        }
        guard first <= last else { throw .unsatisfiableRange }
        return first..<last + 1
    }
}
