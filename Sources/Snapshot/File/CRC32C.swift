import CChecksum

/// CRC-32C (Castagnoli), with which etcd sums up what a snapshot holds (etcd v3.4.23
/// `clientv3/snapshot/v3_snapshot.go`, `Status`) and guards its log (`wal/encoder.go`).
package struct CRC32C: Sendable {
    package init() {}

    /// - Parameter value: Of the bytes before those that follow.
    package init(continuing value: UInt32) {
        self.value = value
    }

    /// Of all bytes so far.
    package internal(set) var value: UInt32 = 0

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        value = cchecksum_crc32c(value, bytes.baseAddress, bytes.count)
    }

    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    package mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { update($0) }
    }

    package static func value(of bytes: [UInt8]) -> UInt32 {
        var checksum = CRC32C()
        checksum.update(bytes)
        return checksum.value
    }
}
