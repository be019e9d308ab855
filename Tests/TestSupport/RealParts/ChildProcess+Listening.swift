import Foundation

extension ChildProcess {
    /// Whether it listens on a port of 127.0.0.1: itself, not another program that has taken the port.
    func listens(on port: UInt16) -> Bool {
        let sockets = Set(listeningSockets(on: port).map { "socket:[\($0)]" })
        guard !sockets.isEmpty else { return false }
        let folder = "/proc/\(id)/fd"
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return descriptors.contains { descriptor in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")
            return target.map(sockets.contains) ?? false
        }
    }

    /// The inodes of the sockets that listen on a port, whosever they are: the columns of proc(5), /proc/net/tcp.
    private func listeningSockets(on port: UInt16) -> [Substring] {
        let table = Self.wholeText(of: "/proc/\(id)/net/tcp")
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: " ")
            guard columns.count > 9, columns[3] == "0A" else { return nil }
            guard let digits = columns[1].split(separator: ":").last, UInt16(digits, radix: 16) == port else {
                return nil
            }
            return columns[9]
        }
    }

    /// A file of /proc says that it is empty, and gives a page at a time: what reads it once sees its beginning only.
    private static func wholeText(of path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        var bytes = Data()
        while let piece = try? file.read(upToCount: 1 << 16), !piece.isEmpty { bytes += piece }
        try? file.close()
        return String(decoding: bytes, as: UTF8.self)
    }
}
