import Glibc

/// Processes that were started on files of a sandbox: an etcd that a learner brought up.
enum LeftProcesses {
    /// Ends the etcds that have files of a folder open: asked first, then killed. May block.
    static func end(usingFilesIn folder: String) {
        let found = all(usingFilesIn: folder)
        for process in found { kill(process, SIGTERM) }
        for _ in 0..<40 {
            if all(usingFilesIn: folder).isEmpty { return }
            usleep(50_000)
        }
        for process in all(usingFilesIn: folder) { kill(process, SIGKILL) }
    }

    private static func all(usingFilesIn folder: String) -> [pid_t] {
        let names = (try? FolderTree.names(in: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { process in
            process != getpid() && isEtcd(process) && hasOpenFile(process, in: folder)
        }
    }

    private static func isEtcd(_ process: pid_t) -> Bool {
        guard let file = fopen("/proc/\(process)/comm", "re") else { return false }
        defer { fclose(file) }
        var bytes = [CChar](repeating: 0, count: 32)
        guard fgets(&bytes, Int32(bytes.count), file) != nil else { return false }
        return bytes.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) } == Array("etcd".utf8)
    }

    private static func hasOpenFile(_ process: pid_t, in folder: String) -> Bool {
        let descriptors = "/proc/\(process)/fd"
        let names = (try? FolderTree.names(in: descriptors)) ?? []
        return names.contains { name in
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = bytes.withUnsafeMutableBytes { buffer in
                guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return 0 }
                return readlink("\(descriptors)/\(name)", start, buffer.count)
            }
            return count > 0 && String(decoding: bytes[..<count], as: UTF8.self).hasPrefix(folder + "/")
        }
    }
}
