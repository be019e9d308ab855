/// One change of a key, as it is kept; of its value all but the bytes.
public struct KeyChange: Sendable, Equatable {
    public var key: [UInt8]
    /// The revision of this change.
    public var revision: Int64
    /// Which of the changes of its revision, from 0 on.
    public var sub: Int64
    public var isDeletion: Bool
    /// The revision that made the key; 0 in a deletion.
    public var createRevision: Int64
    /// How many times the key has been written since it was made, from 1 on; 0 in a deletion.
    public var version: Int64
    /// The lease that the key hangs on; 0 where there is none.
    public var lease: Int64
    public var valueByteCount: Int
    /// CRC-32C of the value.
    public var valueChecksum: UInt32

    init(_ record: RecordReader.Record) {
        key = Array(record.key)
        revision = record.revision.main
        sub = record.revision.sub
        isDeletion = record.revision.isTombstone
        createRevision = record.keyValue.createRevision
        version = record.keyValue.version
        lease = record.keyValue.lease
        valueByteCount = record.keyValue.value.count
        var checksum = CRC32C()
        checksum.update(record.value)
        valueChecksum = checksum.value
    }
}
