import Glibc
import Text

/// What answers or does not answer as a whole: a network mount, or a folder with all that lies below it.
package struct Place: Sendable, Hashable {
    /// Absolute, as far as that is possible without asking the file system.
    package let path: String

    /// The place of a folder: the network mount that it lies on, or the folder itself.
    ///
    /// Which links lead to it stays unknown: to find out, the file system would have to answer.
    package init(folder: String) {
        self.init(folder: folder, mounts: Mounts.ofNetwork())
    }

    init(folder: String, mounts: [String]) {
        let path = Self.absolute(folder)
        let below = mounts.filter { Self.lies(path, in: $0) }
        self.path = below.max { $0.utf8.count < $1.utf8.count } ?? path
    }

    /// A place that only messages name, for calls that go to several: no other call is refused because it was silent.
    package init(description: String) {
        path = description
    }

    /// Whether other calls go there.
    var isOnDisk: Bool { path.hasPrefix("/") }

    /// The place of the folder that a file lies in.
    package init(folderOf file: String) {
        self.init(folder: PathParts(file).folder)
    }

    /// Whether another place is this one, or within it.
    func contains(_ other: Place) -> Bool { Self.lies(other.path, in: path) }

    private static func lies(_ path: String, in folder: String) -> Bool {
        path == folder || path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
    }

    private static func absolute(_ path: String) -> String {
        var parts: [String] = []
        if !path.hasPrefix("/"), let current = getcwd(nil, 0) {
            defer { free(current) }
            parts = PathParts.names(in: String(cString: current))
        }
        for part in PathParts.names(in: path) where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

/// What the system says of its mounts, which no file system is asked for.
enum Mounts {
    private static let networkTypes: Set = [
        "nfs", "nfs4", "cifs", "smb3", "ceph", "glusterfs", "9p", "virtiofs", "afs", "lustre", "beegfs", "gpfs",
    ]

    /// Where file systems are mounted that a server, or a program, answers for.
    static func ofNetwork() -> [String] {
        let file = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = read(file, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return network(inMountInfo: String(decoding: bytes, as: UTF8.self))
    }

    /// proc_pid_mountinfo(5): the fifth field is the mount point, the type comes after a field that is a hyphen.
    static func network(inMountInfo text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 6, let hyphen = fields.dropFirst(6).firstIndex(of: "-"), hyphen + 1 < fields.count
            else {
                return nil
            }
            let type = fields[hyphen + 1]
            let isOfNetwork = networkTypes.contains(String(type)) || type == "fuse" || type.hasPrefix("fuse.")
            return isOfNetwork ? unescaped(fields[4]) : nil
        }
    }

    /// Spaces, tabs, newlines and backslashes stand there as octal numbers: `\040`.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
