import Files
import Glibc

/// The commands of earlier sessions: a text file, one line a command, that only its owner can read.
///
/// It is only appended to, with one write per command, so that several sessions can share it and nothing is
/// lost. A symbolic link, a pipe or a device in its place is not touched.
package struct HistoryFile: Sendable {
    /// Its path.
    package var path: String
    /// How much of its end is read.
    private static let readLimit: Int64 = 1 << 20

    /// A history at a path, which need not exist.
    package init(path: String) {
        self.path = path
    }

    /// The last commands, oldest first; empty if the file does not exist.
    ///
    /// Lines that are not UTF-8, or have control characters, are skipped.
    package func load(limit: Int = 1000) throws(TerminalError) -> [String] {
        let (file, isNew) = try open(O_RDONLY)
        if isNew { return [] }
        defer { Glibc.close(file) }
        let size = try byteCount(of: file)
        let start = max(0, size - Self.readLimit)
        var bytes = try read(file, from: start, to: size)[...]
        // The first line is probably cut.
        if start > 0 { bytes = bytes.drop { $0 != UInt8(ascii: "\n") } }
        let lines = bytes.split(separator: UInt8(ascii: "\n")).compactMap { String(validating: $0, as: UTF8.self) }
        return lines.filter(\.isOneCommand).suffix(limit)
    }

    /// Adds a command at the end. One with newlines or other control characters, or a blank one, is not stored.
    ///
    /// The file is created with mode 0600, and missing directories with 0700.
    package func append(_ line: String) throws(TerminalError) {
        guard line.isOneCommand else { return }
        let (file, _) = try open(O_RDWR | O_APPEND | O_CREAT)
        defer { Glibc.close(file) }
        let size = try byteCount(of: file)
        // An earlier write cut by a full disk must not spoil this command, too.
        let lastByte = try read(file, from: max(0, size - 1), to: size).last
        let isCut = lastByte != nil && lastByte != UInt8(ascii: "\n")
        let bytes = Array(((isCut ? "\n" : "") + line + "\n").utf8)
        let written = try attempt(writing: true) { Glibc.write(file, bytes, bytes.count) }
        if written != bytes.count { throw failure(SystemError(code: ENOSPC), writing: true) }
    }
}

extension HistoryFile {
    /// Opens the file, or returns `nil` if there is none; for writing, creates it and its directories.
    private func open(_ flags: Int32) throws(TerminalError) -> (descriptor: Int32, isNew: Bool) {
        let isWriting = flags & O_CREAT != 0
        if isWriting { makeDirectories() }
        // O_NONBLOCK: opening a pipe would wait for its other end.
        let flags = flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let descriptor: Int32
        do {
            descriptor = try systemCall { Glibc.open(path, flags, 0o600) }
        } catch {
            if error.code == ENOENT, !isWriting { return (-1, true) }
            throw failure(error.code == ELOOP ? nil : error, writing: isWriting)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(descriptor)
            throw failure(nil, writing: isWriting)
        }
        // Commands name clusters and hosts. A file of another user stays unchanged.
        if isWriting, status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
        return (descriptor, false)
    }

    /// Errors show when the file is opened.
    private func makeDirectories() {
        for index in path.indices.dropFirst() where path[index] == "/" {
            mkdir(String(path[..<index]), 0o700)
        }
    }

    private func byteCount(of file: Int32) throws(TerminalError) -> Int64 {
        var status = stat()
        try attempt(writing: false) { fstat(file, &status) }
        return Int64(status.st_size)
    }

    private func read(_ file: Int32, from start: Int64, to end: Int64) throws(TerminalError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(end - start))
        var done = 0
        while done < bytes.count {
            let count = try attempt(writing: false) {
                bytes.withUnsafeMutableBytes { buffer in
                    let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                    return pread(file, rest.baseAddress, rest.count, off_t(start) + done)
                }
            }
            if count == 0 { break }
            done += count
        }
        return Array(bytes.prefix(done))
    }

    /// Makes a system call whose failure is the history's.
    @discardableResult
    private func attempt<Result: FixedWidthInteger>(writing: Bool, _ call: () -> Result) throws(TerminalError) -> Result
    {
        do {
            return try systemCall(call)
        } catch {
            throw failure(error, writing: writing)
        }
    }

    /// - Parameter error: `nil` for what is not a plain file.
    private func failure(_ error: SystemError?, writing: Bool) -> TerminalError {
        let reason = error?.description ?? "it is not a plain file"
        if writing { return .cannotWriteHistory(path: path, reason: reason) }
        return .cannotReadHistory(path: path, reason: reason)
    }
}

extension String {
    /// Whether it can be stored as one line of the file and read back unchanged.
    fileprivate var isOneCommand: Bool {
        !allSatisfy(\.isWhitespace) && !unicodeScalars.contains { $0.isControl && $0 != "\t" }
    }
}
