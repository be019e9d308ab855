/// What is below a layer: its first bytes can be looked at before they are read, and no more come than the limit
/// allows.
final class LayerReader: ByteReader {
    private let base: any ByteReader
    private let limit: Int64
    /// What the bytes were decoded from; `nil` where they are the stored ones.
    private let encoding: BackupEncoding?
    /// How many bytes came from the base.
    private(set) var byteCount: Int64 = 0
    /// The first bytes, `Unpacking.beginningByteCount` of them where there are as many.
    let beginning: [UInt8]
    /// How many of them were read.
    private var readCount = 0

    init(_ base: any ByteReader, of encoding: BackupEncoding?, limit: Int64) throws {
        self.base = base
        self.encoding = encoding
        self.limit = limit
        beginning = try [UInt8](unsafeUninitializedCapacity: Unpacking.beginningByteCount) { buffer, count in
            count = try base.fill(UnsafeMutableRawBufferPointer(buffer))
        }
        try count(beginning.count)
    }

    var input: (any ByteInput)? { base.input }
    var ignoredByteCount: Int64 { base.ignoredByteCount }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try Task.checkCancellation()
        let rest = beginning[readCount...]
        guard rest.isEmpty else {
            let count = min(rest.count, buffer.count)
            buffer.copyBytes(from: rest.prefix(count))
            readCount += count
            return count
        }
        let read = try base.read(into: buffer)
        try count(read)
        return read
    }

    private func count(_ read: Int) throws(CodecError) {
        byteCount += Int64(read)
        guard let encoding, byteCount > limit else { return }
        throw CodecError(encoding, .overLimit(maxByteCount: limit))
    }
}
