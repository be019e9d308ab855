/// A record of one change of a key: `mvccpb.KeyValue` (etcd v3.4.23 `mvcc/mvccpb/kv.proto`).
///
/// Keys and values are ranges of the page's bytes, so that nothing is copied.
struct KeyValue: Sendable {
    var key: Range<Int>
    var value: Range<Int>
    /// The revision that made the key.
    var createRevision: Int64 = 0
    /// The revision of this change.
    var modRevision: Int64 = 0
    /// How many times the key has been written since it was made, from 1 on; 0 in a tombstone.
    var version: Int64 = 0
    /// The lease that the key hangs on; 0 where there is none.
    var lease: Int64 = 0

    /// - Parameter range: Where in `bytes` the record stands.
    init(_ bytes: PageBytes, in range: Range<Int>) throws(ProtobufReader.Malformed) {
        var reader = ProtobufReader(bytes, in: range)
        key = range.lowerBound..<range.lowerBound
        value = key
        while let field = try reader.next() {
            switch field {
            case (1, .bytes(let range)): key = range
            case (2, .integer(let number)): createRevision = Int64(bitPattern: number)
            case (3, .integer(let number)): modRevision = Int64(bitPattern: number)
            case (4, .integer(let number)): version = Int64(bitPattern: number)
            case (5, .bytes(let range)): value = range
            case (6, .integer(let number)): lease = Int64(bitPattern: number)
            case (1...6, _): throw ProtobufReader.Malformed()
            default: continue
            }
        }
    }
}
