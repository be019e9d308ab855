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
        /// The archive has so many files, such as these.
        case noSnapshot(entryCount: Int, sample: [String])
        /// The archive has two, or more, and nothing says which one is meant.
        case severalSnapshots(String, String)
        case tooManyLayers(maxCount: Int)
        /// It has more files, folders and links than are ever listed, or more bytes of names.
        case tooManyEntries(maxCount: Int, maxNameByteCount: Int)
        /// It is encrypted, and no command was given that decrypts it, such as this one.
        case encrypted(example: String)
        /// The user's command failed, with what it wrote to its standard error.
        case decryptionFailed(program: String, reason: String)
        /// This machine lacks a library.
        case missingLibrary(String)
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
        case .noCodec, .noRoom, .outOfMemory, .encrypted, .decryptionFailed, .missingLibrary: false
        case .otherKind, .unsupported, .truncated, .wrongHeaderChecksum, .wrongChecksum, .wrongLength, .damaged,
            .overLimit, .noSnapshot, .severalSnapshots, .tooManyLayers, .tooManyEntries:
            true
        }
    }

    /// Whether it is of one layer alone: in an entry of an archive, that only shows that it is not the snapshot.
    var isOfOneLayer: Bool {
        switch problem {
        case .noRoom, .overLimit, .outOfMemory, .severalSnapshots, .tooManyEntries: false
        default: true
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
        case .noSnapshot: "codec.no-snapshot"
        case .severalSnapshots: "codec.several-snapshots"
        case .tooManyLayers: "codec.too-many-layers"
        case .tooManyEntries: "codec.too-many-entries"
        case .encrypted: "codec.encrypted"
        case .decryptionFailed: "codec.decryption-failed"
        case .missingLibrary: "codec.missing-library"
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
        case .noSnapshot(0, _): "no file is in its \(encoding) archive"
        case .noSnapshot(let count, let sample):
            "none of the \(count) files in its \(encoding) archive is an etcd snapshot: "
                + sample.map(\.printable).joined(separator: ", ") + (count > sample.count ? ", …" : "")
        case .severalSnapshots(let first, let second):
            "its \(encoding) archive has more than one snapshot: \(first.printable) and \(second.printable)"
        case .tooManyLayers(let maxCount): "it is packed more than \(maxCount) times, one in the other"
        case .tooManyEntries(let maxCount, let maxNameByteCount):
            "its \(encoding) archive has more than \(maxCount) files, or names of more than"
                + " \(Int64(maxNameByteCount).byteCountText): too many for an etcd backup"
        case .encrypted: "it is encrypted (\(encoding))"
        case .decryptionFailed(let program, let reason): "\(program.printable) failed: \(reason.printable)"
        case .missingLibrary(let library): "this machine lacks \(library), which decodes \(encoding)"
        }
    }
}

extension CodecError {
    /// What to do about it, where that is certain.
    public var nextStep: NextStep? {
        switch problem {
        case .encrypted(let example): "give the command that decrypts it: \(setting: "decrypt", "'\(example)'")"
        case .missingLibrary: "install libarchive13 (Debian, Ubuntu) or libarchive (Fedora, Alpine, SUSE, Arch)"
        case .severalSnapshots: "unpack it by hand, and name the snapshot that you want"
        default: nil
        }
    }
}
