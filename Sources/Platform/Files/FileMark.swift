package import Glibc

/// What is another after every change of a file.
public struct FileMark: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    /// The size in bytes.
    package let byteCount: Int64
    private let modified: [Int]
    private let changed: [Int]

    package init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        byteCount = Int64(status.st_size)
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// Of an open file.
    package init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Of the file at a path; links are followed. It may wait for the file system.
    public init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    package func isSameFile(as other: FileMark) -> Bool { (device, inode) == (other.device, other.inode) }
}
