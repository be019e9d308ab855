import Dispatch
import Glibc
import Snapshot

/// Reads what libFuzzer makes of snapshots: whatever it is, the reader says what is wrong, and neither traps nor hangs.
///
/// `scripts/fuzz` builds and runs it; libFuzzer calls this.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    Probe.shared.take(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}

/// What the package manager takes for the `main` of the target of this name; libFuzzer's own loop does the work (LLVM,
/// `compiler-rt/lib/fuzzer/FuzzerDriver.cpp`).
@_cdecl("Fuzz_main")
public func start(
    _ count: Int32,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, takeInput)
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ take: @convention(c) (UnsafePointer<UInt8>, Int) -> Int32
) -> Int32

/// Everything that reads a snapshot, one after the other.
private final class Probe: Sendable {
    static let shared = Probe()

    private let folder: String
    private let descriptor: Int32

    private init() {
        folder = String(cString: getenv("TMPDIR") ?? strdup("/tmp")) + "/snapsh-fuzz-\(getpid())"
        mkdir(folder, 0o700)
        descriptor = open("\(folder)/input", O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else {
            perror("cannot make \(folder)/input")
            exit(2)
        }
    }

    func take(_ bytes: UnsafeRawBufferPointer) {
        let input = Self.mended(Array(bytes))
        ftruncate(descriptor, 0)
        _ = input.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            await self.read()
            done.signal()
        }
        done.wait()
    }

    /// With right checksums in both meta pages, which no fuzzer would ever guess.
    private static func mended(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        for start in [16, 4096 + 16] where bytes.count >= start + 64 {
            let checksum = bytes[start..<start + 56].reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01b3
            }
            withUnsafeBytes(of: checksum.littleEndian) { bytes.replaceSubrange(start + 56..<start + 64, with: $0) }
        }
        return bytes
    }

    private func read() async {
        guard let file = try? SnapshotFile(openedAs: descriptor) else { return }
        _ = try? await file.verify()
        _ = try? await file.contents()
        if let keys = try? await file.keys() {
            for position in 0..<min(keys.count, 20) {
                if let value = try? file.value(of: keys[position]) { _ = KubernetesObject(value: value) }
            }
        }
        if var history = try? await file.history() {
            while let changes = try? await history.next(), !changes.isEmpty {}
        }
        _ = try? await file.keyHash()
        _ = try? await file.keyHash(compactedAt: 100)
        guard let cluster = try? InitialCluster("a=http://localhost:1", token: ""), let member = cluster.members.first
        else { return }
        // Nothing is accepted, so that it ends before anything waits for the disk.
        _ = try? await file.restore(
            cluster,
            to: [RestoreTarget(member: member, dataDirectory: "\(folder)/data")],
            bumpBy: 7,
            accept: { _ in throw CancellationError() }
        )
    }
}
