import CLinux
import Files
import Glibc
import Snapshot
import Synchronization

/// A copy of a snapshot that has no name: nothing of it is left when its process ends, however that ends. Only its
/// owner can read it.
package final class SpoolFile: Sendable {
    private static let pieceByteCount = 256 << 10

    /// Open for reading and writing until `end`.
    package let descriptor: Int32
    /// Where it is, as messages name it.
    package let folder: String
    private let isOpen = Atomic(true)

    /// A file in a folder, with room for so many bytes, as far as they are known.
    ///
    /// - Throws: `SpoolError`.
    package init(in folder: String, byteCount: Int64 = 0) throws(SpoolError) {
        do throws(SystemError) {
            descriptor = try UnnamedFile.open(in: folder)
        } catch {
            throw .cannotKeep(folder: folder, reason: error.description)
        }
        self.folder = folder
        let free = FreeSpace.byteCount(at: descriptor)
        let isTooSmall = free.map { $0 < byteCount } == true
        // So that copies made at the same time can't count on the same room. A file system that can't reserve is tried.
        if isTooSmall
            || byteCount > 0 && clinux_reserve(descriptor, byteCount) != 0 && [ENOSPC, EDQUOT].contains(errno)
        {
            end()
            throw .noSpace(folder: folder, neededByteCount: byteCount, freeByteCount: free ?? 0)
        }
    }

    /// A file in memory.
    ///
    /// - Returns: `nil` where the system has none.
    package init?(inMemory: Void) {
        descriptor = clinux_open_in_memory("snapshot")
        folder = "memory"
        if descriptor < 0 { return nil }
    }

    deinit { end() }

    /// Gives its room back. Nothing uses the file any more.
    package func end() {
        if isOpen.exchange(false, ordering: .relaxed) { close(descriptor) }
    }

    /// - Throws: `SpoolError.cannotKeep`.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SpoolError) {
        var rest = bytes
        do throws(SystemError) {
            while !rest.isEmpty {
                let position = off_t(offset) + off_t(bytes.count - rest.count)
                let count = try systemCall { pwrite(descriptor, rest.baseAddress, rest.count, position) }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        } catch {
            throw .cannotKeep(folder: folder, reason: error.description)
        }
    }

    /// Gives back what was reserved behind so many bytes.
    package func trim(to byteCount: Int64) { ftruncate(descriptor, off_t(byteCount)) }

    /// Hands over the first so many bytes, in order.
    ///
    /// - Throws: `SystemError`, and what the sink throws.
    package func read(byteCount: Int64, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var position: Int64 = 0
        while position < byteCount {
            let wanted = Int(min(Int64(buffer.count), byteCount - position))
            let count = try systemCall { pread(descriptor, buffer.baseAddress, wanted, off_t(position)) }
            if count == 0 { throw SystemError(code: EIO) }
            try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            position += Int64(count)
        }
    }
}
