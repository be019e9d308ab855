import Foundation

/// A sound snapshot of any size: a real one's head, filled up behind it, and the right SHA-256 at the end.
public enum LargeSnapshot {
    /// - Parameters:
    ///   - count: How many bytes it has, without the SHA-256: a multiple of 4096.
    ///   - isIncompressible: Whether it is filled up with random bytes, and not with zeros.
    public static func bytes(count: Int, isIncompressible: Bool = false) throws -> [UInt8] {
        var bytes = Array(try Fixture.snapshot("early.db").dropLast(32))
        if isIncompressible {
            var random = SeededGenerator(seed: 1)
            while bytes.count < count { withUnsafeBytes(of: random.next()) { bytes += $0 } }
        } else {
            bytes += [UInt8](repeating: 0, count: count - bytes.count)
        }
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "content")
        let digits = Array(try SystemTool.run(["sha256sum", folder.path("content")]).output.prefix(64))
        return bytes
            + stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
    }
}
