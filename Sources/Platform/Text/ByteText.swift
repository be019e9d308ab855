/// A text as its bytes, for sets and dictionaries: names of files and objects are the same only if all their bytes are.
///
/// Swift's own equality is that of Unicode's canonical forms: to it, one character and a letter with an accent behind
/// it are the same "é". To a file system, and to a bucket, they are two names.
public struct ByteText: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (a: ByteText, b: ByteText) -> Bool { a.text.hasSameBytes(as: b.text) }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Whether it is the same name of a file or an object: the same bytes.
    public func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
