public import Backups

extension BackupEncoding {
    /// What Omni encrypts: a header, two secrets, and the snapshot. No file is called after it.
    public static let omni = BackupEncoding(name: "omni", nameEnding: "")
}

/// What is inside an encrypted backup of Omni: three fields, each behind its length in 8 bytes, high byte first, then
/// the snapshot (siderolabs/omni 1.10.4, `etcdbackup/crypt/encrypt.go`).
///
/// The fields are a header, and the secrets by which the cluster encrypts its objects: AES-CBC's and secretbox's.
public struct OmniCodec: Codec {
    public let encoding = BackupEncoding.omni

    public init() {}

    /// The length of the header, and the header: the version 1 as a protocol buffer (`specs.EtcdBackupHeader`).
    static let header: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 2, 0x08, 1]

    public func recognises(_ beginning: [UInt8]) -> Bool { beginning.starts(with: Self.header) }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer { .archive(OmniReader(reader)) }
}

/// Shows the secrets and the snapshot as files of an archive.
private final class OmniReader: ArchiveReader {
    /// Omni's are some hundred bytes long.
    private static let maxSecretByteCount: Int64 = 64 << 10

    private let base: any ByteReader
    private var names = ["aes-cbc-secret", "secretbox-secret", "snapshot"][...]
    /// How many bytes came.
    private var position: Int64 = 0
    /// How many bytes of the entry are left; `nil` for the snapshot, which goes to the end.
    private var restByteCount: Int64? = 0

    init(_ base: any ByteReader) {
        self.base = base
    }

    func next() throws -> PackedEntry? {
        if position == 0 {
            guard try readExactly(OmniCodec.header.count) == OmniCodec.header else {
                throw CodecError(.omni, .otherKind)
            }
        }
        if let rest = restByteCount, rest > 0 { _ = try readExactly(Int(rest)) }
        guard let name = names.popFirst() else { return nil }
        restByteCount = names.isEmpty ? nil : try readLength()
        return PackedEntry(name: name, byteCount: restByteCount)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let rest = restByteCount else {
            let count = try base.read(into: buffer)
            position += Int64(count)
            return count
        }
        guard rest > 0, buffer.count > 0 else { return 0 }
        let count = try base.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(Int(rest))))
        guard count > 0 else { throw CodecError(.omni, .truncated(byteCount: position)) }
        position += Int64(count)
        restByteCount = rest - Int64(count)
        return count
    }

    private func readLength() throws -> Int64 {
        let offset = position
        let length = try readExactly(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= Self.maxSecretByteCount else {
            throw CodecError(.omni, .damaged(offset: offset, reason: "a secret of \(length) bytes is too long"))
        }
        return Int64(length)
    }

    private func readExactly(_ byteCount: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let count = try bytes.withUnsafeMutableBytes { try base.fill($0) }
        position += Int64(count)
        guard count == byteCount else { throw CodecError(.omni, .truncated(byteCount: position)) }
        return bytes
    }
}
