import CChecksum

/// CRC-32C (Castagnoli), with which etcd sums up what a snapshot holds (etcd v3.4.23 `clientv3/snapshot/v3_snapshot.go`,
/// `Status`) and guards its log (`wal/encoder.go`).
struct CRC32C: Sendable {
    /// Of all bytes so far.
    private(set) var value: UInt32 = 0

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        value = cchecksum_crc32c(value, bytes.baseAddress, bytes.count)
    }

    mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { update($0) }
    }

    static func value(of bytes: [UInt8]) -> UInt32 {
        var checksum = CRC32C()
        checksum.update(bytes)
        return checksum.value
    }
}
