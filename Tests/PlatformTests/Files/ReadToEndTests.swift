import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct ReadToEndTests {
    private func read(_ byteCount: Int, max maxByteCount: Int) throws -> [UInt8]? {
        let folder = try TemporaryFolder()
        try folder.write((0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }, to: "file")
        let descriptor = try systemCall { open(folder.path("file"), O_RDONLY) }
        defer { close(descriptor) }
        return try readToEnd(of: descriptor, maxByteCount: maxByteCount)
    }

    @Test(arguments: [0, 1, 65535, 65536, 65537, 200_000])
    func `a file is read whole up to the limit, and not at all beyond`(byteCount: Int) throws {
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try read(byteCount, max: byteCount) == bytes)
        if byteCount > 0 { #expect(try read(byteCount, max: byteCount - 1) == nil) }
    }

    @Test func `what has no end is not read for ever, and what can't be read is an error`() throws {
        let endless = try systemCall { open("/dev/zero", O_RDONLY) }
        defer { close(endless) }
        #expect(try readToEnd(of: endless, maxByteCount: 100_000) == nil)
        let folder = try systemCall { open("/", O_RDONLY) }
        defer { close(folder) }
        #expect(throws: SystemError(code: EISDIR)) { try readToEnd(of: folder, maxByteCount: 1) }
    }
}
