import Blocking
import Files
import Glibc
import Synchronization
import Text

/// What the shell needs to know about typed paths.
enum PathText {
    /// Whether there is a folder, or a link to one.
    ///
    /// - Throws: `PathFailure`, `CancellationError`.
    static func isFolder(_ path: String) async throws -> Bool {
        try await run(at: Place(folderOf: path)) { isFolderNow(path) }
    }

    private static func run<Value: Sendable>(
        at place: Place,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await BlockingWork.run(at: place) { try work() }
        } catch let error as NotAnswering {
            throw PathFailure(path: place.path, reason: error.description)
        }
    }

    private static func isFolderNow(_ path: String) -> Bool {
        var status = stat()
        return BlockingWork.call(.lookup) { stat(path, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether anything exists there, even a broken link.
    ///
    /// - Throws: `PathFailure`, `CancellationError`.
    static func exists(_ path: String) async throws -> Bool {
        try await run(at: Place(folderOf: path)) {
            var status = stat()
            return BlockingWork.call(.lookup) { lstat(path, &status) } == 0
        }
    }

    /// A value that changes with every change of the file; `nil` if unknown.
    ///
    /// - Throws: `PathFailure`, `CancellationError`.
    static func mark(of path: String) async throws -> FileMark? {
        try await run(at: Place(folderOf: path)) {
            BlockingWork.call(.lookup) { FileMark(path: path) }
        }
    }

    /// The names in a folder that begin with a text, sorted, and whether each is a folder; empty if it can't be read.
    /// A link whose target does not respond counts as a file.
    ///
    /// - Throws: `PathFailure`, `CancellationError`.
    static func names(in path: String, startingWith start: String) async throws -> [(name: String, isFolder: Bool)] {
        let items: [(name: String, isFolder: Bool?)]
        do {
            items = try await run(at: Place(folder: path)) { try readItems(in: path, startingWith: start) }
        } catch is SystemError {
            return []
        }
        let links = items.filter { $0.isFolder == nil }.map(\.name)
        let folders = Folders()
        if let first = links.first {
            // Then the link's target does not respond, not this folder.
            try? await BlockingWork.hurrying(.milliseconds(100)) {
                try await run(at: Place(folder: "\(path)/\(first)")) {
                    for name in links where isFolderNow("\(path)/\(name)") {
                        folders.names.withLock { _ = $0.insert(ByteText(name)) }
                    }
                }
            }
        }
        let found = folders.names.withLock(\.self)
        return items.map { ($0.name, $0.isFolder ?? found.contains(ByteText($0.name))) }.sorted { $0.name < $1.name }
    }

    /// The names in a folder that end with a text, sorted.
    ///
    /// - Throws: `SystemError` if it can't be read, `PathFailure`, `CancellationError`.
    static func names(in path: String, endingWith end: String) async throws -> [String] {
        try await run(at: Place(folder: path)) { try readItems(in: path, startingWith: "") }
            .map(\.name).filter { $0.hasSuffix(end) }.sorted()
    }

    private final class Folders: Sendable {
        let names = Mutex<Set<ByteText>>([])
    }

    /// The types of the names, from the folder itself; it does not know where links lead.
    ///
    /// - Throws: `SystemError` if it can't be read, `CancellationError`.
    private static func readItems(
        in path: String,
        startingWith start: String
    ) throws -> [(name: String, isFolder: Bool?)] {
        let directory = try BlockingWork.call(.lookup) { () throws(SystemError) in
            guard let directory = opendir(path) else { throw SystemError(code: errno) }
            return directory
        }
        defer { closedir(directory) }
        var items: [(name: String, isFolder: Bool?)] = []
        while let item = BlockingWork.call(.lookup, { readdir(directory) }) {
            try Task.checkCancellation()
            let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
                String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let name, name != ".", name != "..", name.hasPrefix(start) else { continue }
            let type = Int(item.pointee.d_type)
            items.append((name, type == DT_LNK || type == DT_UNKNOWN ? nil : type == DT_DIR))
        }
        return items
    }

    /// `path` relative to the folder of `file`; an absolute path stays unchanged.
    static func resolve(_ path: String, besideFile file: String?) -> String {
        guard !path.hasPrefix("/"), let file else { return path }
        return PathParts(file).sibling(path)
    }

    /// The path with links and `..` resolved; unchanged if it does not exist.
    static func canonical(_ path: String) -> String {
        guard let resolved = BlockingWork.call(.lookup, at: Place(folderOf: path), { realpath(path, nil) }) else {
            return path
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Where something is, or would be made: its absolute path without links, as far as its folders exist.
    ///
    /// - Throws: `PathFailure`, `CancellationError`.
    static func place(of path: String) async throws -> String {
        try await run(at: Place(folderOf: path)) {
            var folder = path
            var rest: [String] = []
            while true {
                if let resolved = BlockingWork.call(.lookup, { realpath(folder, nil) }) {
                    defer { free(resolved) }
                    return ([String(cString: resolved)] + rest.reversed()).joined(separator: "/")
                }
                while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
                let parts = PathParts(folder)
                guard parts.folder != folder else { return path }
                rest.append(parts.name)
                folder = parts.folder
            }
        }
    }

    /// Whether an absolute path has no folder of this machine in it: it may be a key of etcd. A name that may be a
    /// mistyped file's is none.
    ///
    /// - Throws: `PathFailure`, `CancellationError`.
    static func isOutsideAllFolders(_ path: String) async throws -> Bool {
        let names = PathParts.names(in: path)
        guard path.hasPrefix("/"), let first = names.first, names.count > 1 || !first.contains(".") else {
            return false
        }
        return try await !exists("/\(first)")
    }

    /// Whether a text is one word of the system's shell as it stands.
    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte.isASCIIAlphanumeric || "_-./=:,@%+".utf8.contains(byte)
            }
    }

    /// The text as one word of the system's shell, in signs that can be seen.
    static func shellQuoted(_ text: String) -> String {
        if isPlain(text) { return text }
        if text.printable == text { return "'" + text.replacing("'", with: "'\\''") + "'" }
        return "$'" + text.unicodeScalars.map(shellEscaped).joined() + "'"
    }

    /// A character between `$'` and `'`, which POSIX has since 2024, and bash for long.
    private static func shellEscaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "'", "\\": "\\\(scalar)"
        case _ where String(scalar).printable == String(scalar): String(scalar)
        default:
            // Three digits, so that what follows is no part of it.
            String(scalar).utf8.map { byte in
                let digits = String(byte, radix: 8)
                return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }.joined()
        }
    }
}
