import Backups
import CArchive
import Glibc

/// One archive, or one stream, in libarchive's hands.
final class LibArchiveReader: ArchiveReader {
    private let base: any ByteReader
    private let format: carchive_format
    private let encoding: BackupEncoding
    private var archive: OpaquePointer?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
    /// Where the next bytes are read from an input with random access.
    private var position: Int64 = 0
    /// What the bytes below threw; libarchive can't hand it through.
    private var failure: (any Error)?
    /// Whether libarchive has met the end of the bytes.
    private var isAtEnd = false
    /// Whether there is an entry to read.
    private var hasEntry = false

    /// - Throws: `CodecError`, and what the reader throws.
    init(_ base: any ByteReader, _ format: carchive_format, _ encoding: BackupEncoding) throws {
        self.base = base
        self.format = format
        self.encoding = encoding
        let seek: carchive_seek_function? =
            isSeekable
            ? { context, offset, whence in
                LibArchiveReader.at(context)?.seek(to: offset, whence) ?? -1
            } : nil
        let status = carchive_open(
            format,
            Unmanaged.passUnretained(self).toOpaque(),
            { context, bytes in LibArchiveReader.at(context)?.give(bytes) ?? -1 },
            seek,
            &archive
        )
        switch status {
        case carchive_ok: break
        case carchive_no_library: throw CodecError(encoding, .missingLibrary("libarchive"))
        case carchive_no_format:
            throw CodecError(encoding, .unsupported(reason: "the libarchive of this machine was built without it"))
        case carchive_no_memory: throw CodecError(encoding, .outOfMemory)
        case carchive_other_format where !isAtEnd: throw CodecError(encoding, .otherKind)
        default: throw error()
        }
    }

    deinit {
        if let archive { carchive_close(archive) }
        buffer.deallocate()
    }

    /// A zip is read by the directory at its end; what stands before each entry may lack its size.
    private var isSeekable: Bool { format == carchive_zip && base.input != nil }

    // MARK: - What libarchive calls

    private static func at(_ context: UnsafeMutableRawPointer?) -> LibArchiveReader? {
        context.map { Unmanaged<LibArchiveReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func give(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        do {
            let count =
                if isSeekable, let input = base.input {
                    try input.read(at: position, into: buffer)
                } else {
                    try base.read(into: buffer)
                }
            position += Int64(count)
            isAtEnd = count == 0
            bytes?.pointee = UnsafeRawPointer(buffer.baseAddress)
            return count
        } catch {
            failure = error
            return -1
        }
    }

    private func seek(to offset: Int64, _ whence: Int32) -> Int64 {
        do {
            let start =
                switch whence {
                case SEEK_SET: Int64(0)
                case SEEK_CUR: position
                default: try base.input?.byteCount() ?? 0
                }
            let (target, overflow) = start.addingReportingOverflow(offset)
            guard !overflow, target >= 0 else { return -1 }
            position = target
            return target
        } catch {
            failure = error
            return -1
        }
    }

    // MARK: - Entries and bytes

    func next() throws -> PackedEntry? {
        var entry = carchive_entry()
        switch carchive_next(archive, &entry) {
        case 0:
            hasEntry = false
            return nil
        case 1:
            hasEntry = true
            return PackedEntry(
                name: entry.name.map { String(cString: $0) } ?? "a file whose name cannot be shown",
                kind: kind(of: entry),
                byteCount: entry.byte_count < 0 ? nil : entry.byte_count
            )
        default: throw error()
        }
    }

    private func kind(of entry: carchive_entry) -> PackedEntry.Kind {
        if entry.is_hard_link != 0 { return .link }
        return switch mode_t(entry.file_type) {
        // A zip need not say it.
        case S_IFREG, 0: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard hasEntry else { return 0 }
        let count = carchive_read(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw error() }
        return count
    }

    // MARK: - Errors

    /// Why the last call failed. libarchive has no codes for that, only words (3.6.2
    /// `archive_read_support_format_zip.c` and others).
    private func error() -> any Error {
        if let failure { return failure }
        let words =
            archive.flatMap { carchive_message($0) }.map { String(cString: $0) } ?? "libarchive cannot decode it"
        let problem: CodecError.Problem =
            if isSeekable, words.hasPrefix("Unrecognized") {
                // It begins as a zip, and has no directory at its end.
                .truncated(byteCount: (try? base.input?.byteCount()) ?? position)
            } else if words.contains("ncrypted") || words.hasPrefix("Passphrase") {
                .unsupported(reason: "a password protects its files")
            } else if words.hasPrefix("Unsupported") {
                .unsupported(reason: words)
            } else if words.contains("bad CRC") {
                .wrongChecksum
            } else if isAtEnd, !isSeekable {
                .truncated(byteCount: position)
            } else {
                .damaged(offset: position, reason: words)
            }
        return CodecError(encoding, problem)
    }
}
