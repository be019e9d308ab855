import Glibc

/// What one input may take: a small file that takes much is a find, as one that traps is.
struct Limits {
    private let startTime: Double
    private let startByteCount: Int

    /// Begins to measure.
    init() {
        Self.resetPeak()
        startTime = Self.processorTime
        startByteCount = Self.status("VmRSS:")
    }

    /// Ends the process, which libFuzzer takes for a find, where reading an input took more than its size justifies.
    func check(inputByteCount: Int) {
        let byteCount = Self.status("VmHWM:") - startByteCount
        let maxByteCount = 12 << 20 + 16 * inputByteCount
        let seconds = Self.processorTime - startTime
        let maxSeconds = 0.5 + Double(inputByteCount) / 1_000_000
        guard byteCount > maxByteCount || seconds > maxSeconds else { return }
        let report = "an input of \(inputByteCount) bytes took \(byteCount) bytes of memory and \(seconds) s\n"
        _ = write(STDERR_FILENO, report, report.utf8.count)
        abort()
    }

    /// Of all threads, in seconds: what others do on the machine does not count.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Forgets how much memory earlier inputs took (proc(5), `clear_refs`).
    private static func resetPeak() {
        let file = open("/proc/self/clear_refs", O_WRONLY)
        guard file >= 0 else { return }
        _ = write(file, "5", 1)
        close(file)
    }

    /// A field of `/proc/self/status`, in bytes.
    private static func status(_ field: String) -> Int {
        let file = open("/proc/self/status", O_RDONLY)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &buffer, buffer.count)
        let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(field) }) else { return 0 }
        return (Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "") ?? 0) << 10
    }
}
