import Crypto

/// Compares the SHA-256 at the end of a snapshot with its bytes, which pass by once, in order, in pieces of any size;
/// how many there are shows at their end.
///
/// A snapshot is a bbolt image followed by its `SnapshotTrailer`. Memory does not grow with the file.
struct TrailerCheck: Sendable {
    private var position: Int64 = 0
    private var head: [UInt8] = []
    /// The last bytes so far, 32 at most: the trailer, should no more come.
    private var tail: [UInt8] = []
    /// Of all bytes before `tail`.
    private var sha256 = SHA256()

    /// Takes the next bytes of the file.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if head.count < FileHead.byteCount {
            head.append(contentsOf: bytes.prefix(FileHead.byteCount - head.count))
        }
        position += Int64(bytes.count)
        let passed = tail.count + bytes.count - Int(SnapshotTrailer.byteCount)
        if passed > 0 {
            let ofTail = min(passed, tail.count)
            tail.withUnsafeBytes { sha256.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<ofTail])) }
            tail.removeFirst(ofTail)
            sha256.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<(passed - ofTail)]))
            tail.append(contentsOf: bytes[(passed - ofTail)...])
        } else {
            tail.append(contentsOf: bytes)
        }
    }

    /// What the bytes amount to, once all have been taken.
    func finish() -> FileDigest {
        var whole = sha256
        whole.update(data: tail)
        return FileDigest(sha256: whole.finalize().hexadecimal, problem: problem(), byteCount: position)
    }

    private func problem() -> SnapshotProblem? {
        let fileHead = FileHead(head, byteCount: position)
        if let problem = fileHead.problem { return problem }
        let hasTrailer = SnapshotTrailer.isExpected(inFileOf: position)
        let (stored, computed) = (tail.hexadecimal, sha256.finalize().hexadecimal)
        if hasTrailer, stored == computed { return nil }
        if let truncation = fileHead.truncation { return truncation }
        return hasTrailer ? .wrongTrailer(stored: stored, computed: computed) : .missingTrailer
    }
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
