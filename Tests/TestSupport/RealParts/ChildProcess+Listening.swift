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
        let table = (try? String(contentsOfFile: "/proc/\(id)/net/tcp", encoding: .utf8)) ?? ""
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: " ")
            guard columns.count > 9, columns[3] == "0A" else { return nil }
            guard let digits = columns[1].split(separator: ":").last, UInt16(digits, radix: 16) == port else {
                return nil
            }
            return columns[9]
        }
    }
}
