import Text

/// Why the bytes of a backup can't be decoded.
public struct CodecError: Error, Sendable, Equatable {
    public enum Problem: Sendable, Equatable {
        /// This program has no codec for the encoding.
        case noCodec
        /// It does not begin as the encoding does.
        case otherKind
        /// It uses a part of the encoding that does not exist, or not yet.
        case unsupported(reason: String)
        /// The stream ends too early, after so many bytes.
        case truncated(byteCount: Int64)
        case wrongHeaderChecksum
        case wrongChecksum
        /// It decodes to another number of bytes than it says.
        case wrongLength
        /// The offset is that of the encoded bytes.
        case damaged(offset: Int64, reason: String)
        /// It decodes to more bytes than there is room for.
        case noRoom(maxByteCount: Int64)
        /// It decodes to more bytes than are ever decoded.
        case overLimit(maxByteCount: Int64)
        case outOfMemory
    }

    public var encoding: BackupEncoding
    public var problem: Problem

    public init(_ encoding: BackupEncoding, _ problem: Problem) {
        self.encoding = encoding
        self.problem = problem
    }

    /// Whether the bytes are to blame, and not this machine.
    public var isOfContent: Bool {
        switch problem {
        case .noCodec, .noRoom, .outOfMemory: false
        case .otherKind, .unsupported, .truncated, .wrongHeaderChecksum, .wrongChecksum, .wrongLength, .damaged,
            .overLimit:
            true
        }
    }
}

extension CodecError {
    /// What programs know it by.
    public var code: String {
        switch problem {
        case .noCodec: "codec.missing"
        case .otherKind: "codec.other-kind"
        case .unsupported: "codec.unsupported"
        case .truncated: "codec.truncated"
        case .wrongHeaderChecksum, .wrongChecksum: "codec.checksum-mismatch"
        case .wrongLength: "codec.length-mismatch"
        case .damaged: "codec.damaged"
        case .noRoom: "codec.no-space"
        case .overLimit: "codec.over-limit"
        case .outOfMemory: "codec.no-memory"
        }
    }
}

extension CodecError: CustomStringConvertible {
    /// The reason as the second half of a sentence: `its gzip stream is truncated after 4096 bytes`.
    public var description: String {
        switch problem {
        case .noCodec: "it is encoded as \(encoding), which can't be decoded here"
        case .otherKind: "it is not a \(encoding) file, although its name says so"
        case .unsupported(let reason): "its \(encoding) stream can't be decoded: \(reason)"
        case .truncated(let byteCount): "its \(encoding) stream is truncated after \(byteCount) bytes"
        case .wrongHeaderChecksum: "it was altered: the checksum of its \(encoding) header is wrong"
        case .wrongChecksum: "it was altered: the checksum of its \(encoding) stream is wrong"
        case .wrongLength: "it was altered: the length in its \(encoding) stream is wrong"
        case .damaged(let offset, let reason): "its \(encoding) stream is damaged before byte \(offset): \(reason)"
        case .noRoom(let maxByteCount):
            "it decodes to more than \(maxByteCount.byteCountText), and there is no room for more"
        case .overLimit(let maxByteCount):
            "it decodes to more than \(maxByteCount.byteCountText), which is too large for an etcd backup"
        case .outOfMemory: "there is no memory to decode it"
        }
    }
}
