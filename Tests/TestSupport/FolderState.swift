import Foundation

/// All that stands in a folder and below it, to be compared with what stands there later.
public struct FolderState: Equatable, Sendable {
    /// One name: of a file also when it was written, and its bytes where they are few.
    public struct Item: Equatable, Sendable {
        var mode: UInt32
        var inode: UInt64
        var byteCount: Int64
        var modified: [Int]
        var bytes: [UInt8]
    }

    /// By path; bytes of a name that are not UTF-8 are replaced.
    public private(set) var items: [String: Item] = [:]

    private static let maxByteCount = 1 << 20

    public init(of folder: String) throws {
        try collect(folder, as: "")
    }

    private mutating func collect(_ folder: String, as prefix: String) throws {
        guard let directory = opendir(folder) else { throw CocoaError(.fileReadUnknown) }
        defer { closedir(directory) }
        while let item = readdir(directory) {
            let name = withUnsafeBytes(of: &item.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            let shown = String(decoding: name, as: UTF8.self)
            if shown == "." || shown == ".." { continue }
            var status = stat()
            let bytes = name.map(CChar.init(bitPattern:)) + [0]
            guard fstatat(dirfd(directory), bytes, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            items[prefix + shown] = Item(
                mode: status.st_mode,
                inode: UInt64(status.st_ino),
                byteCount: isFolder ? 0 : Int64(status.st_size),
                modified: isFolder ? [] : [status.st_mtim.tv_sec, status.st_mtim.tv_nsec],
                bytes: Self.content(bytes, status, in: dirfd(directory))
            )
            if isFolder, String(validating: name, as: UTF8.self) != nil {
                try collect("\(folder)/\(shown)", as: prefix + shown + "/")
            }
        }
    }

    private static func content(_ name: [CChar], _ status: stat, in directory: Int32) -> [UInt8] {
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= maxByteCount else { return [] }
        let descriptor = openat(directory, name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}

extension TemporaryFolder {
    /// All that stands in it, or in a folder of it.
    public func state(of name: String = "") throws -> FolderState { try FolderState(of: path(name)) }
}
