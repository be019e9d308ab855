import Blocking
import Files
import Glibc
import Text

/// What a restore does with folders and files; each error has the path that it is about.
enum Disk {
    /// Makes a call that may block, until no signal interrupts it.
    ///
    /// - Throws: `RestoreError.cannotWrite`.
    @discardableResult
    static func check(
        _ path: String,
        _ kind: BlockingCall = .write,
        _ call: () -> Int32
    ) throws(RestoreError) -> Int32 {
        do throws(SystemError) {
            return try BlockingWork.call(kind) { () throws(SystemError) in try systemCall(call) }
        } catch {
            throw .cannotWrite(path: path, code: error.code)
        }
    }

    /// Makes a folder for its owner alone, and those above it that are not there.
    ///
    /// - Returns: Those that it made, the uppermost first.
    static func makeFolders(_ path: String) throws(RestoreError) -> [String] {
        var status = stat()
        if BlockingWork.call(.lookup, { stat(path, &status) }) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw .cannotWrite(path: path, code: ENOTDIR) }
            return []
        }
        var made = path == parent(of: path) ? [] : try makeFolders(parent(of: path))
        do throws(RestoreError) {
            try check(path) { mkdir(path, 0o700) }
        } catch {
            remove(made)
            throw error
        }
        made.append(path)
        return made
    }

    /// Removes empty folders, the last one first.
    static func remove(_ folders: [String]) {
        for folder in folders.reversed() { rmdir(folder) }
    }

    /// The names in a folder, in order.
    static func entries(of path: String) throws(RestoreError) -> [String] {
        let (opened, code) = BlockingWork.call(.lookup) {
            let opened = opendir(path)
            return (opened, errno)
        }
        guard let directory = opened else { throw .cannotWrite(path: path, code: code) }
        defer { closedir(directory) }
        var names: [String] = []
        while let item = BlockingWork.call(.lookup, { readdir(directory) }) {
            let name = withUnsafeBytes(of: &item.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Has the disk hold a folder's names, where the file system can.
    static func syncFolder(_ path: String, _ safeguards: Safeguards) throws(RestoreError) {
        let descriptor = try check(path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        let code = safeguards.syncFolder(descriptor, path)
        guard code == 0 else { throw .cannotWrite(path: path, code: code) }
    }

    /// Gives a file or folder another name, which nothing has yet.
    ///
    /// - Throws: `RestoreError.cannotWrite` with `EEXIST` or `ENOTEMPTY` where something has it: nothing is replaced.
    static func rename(_ path: String, to other: String) throws(RestoreError) {
        do throws(SystemError) {
            try BlockingWork.call(.write) { () throws(SystemError) in try renameWithoutReplacing(path, to: other) }
        } catch {
            throw .cannotWrite(path: other, code: error.code)
        }
    }

    /// The folder that a path lies in.
    static func parent(of path: String) -> String {
        var trimmed = path[...]
        while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
        return PathParts(String(trimmed)).folder
    }

    /// A new file for its owner alone.
    static func write(_ path: String, _ bytes: [UInt8], paddedTo byteCount: Int64 = 0) throws(RestoreError) {
        let file = try NewFile(path)
        try file.write(bytes, at: 0)
        if byteCount > Int64(bytes.count) { try file.reserve(byteCount) }
        try file.sync()
    }
}
