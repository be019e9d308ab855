import Crypto

/// The SHA-256 of bytes that pass by once, in order, as `sha256sum` prints it.
package struct ContentDigest: Sendable {
    private var sha256 = SHA256()

    package init() {}

    /// Takes the next bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        sha256.update(bufferPointer: bytes)
    }

    /// The 64 digits of all that were taken.
    package var digits: String { sha256.finalize().hexadecimal }
}
