import Dispatch
import Glibc
import Restore
import Snapshot

/// Reads what libFuzzer makes of snapshots: whatever it is, the reader says what is wrong, and neither traps nor hangs.
///
/// `scripts/fuzz` builds and runs it; libFuzzer calls this.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    Probe.shared.take(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}

/// Every other change is one of pages, the rest are libFuzzer's own; checksums are right in both (LLVM,
/// `compiler-rt/include/fuzzer/FuzzerInterface.h`).
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ maxCount: Int, _ seed: UInt32) -> Int {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    let output: [UInt8]
    if seed % 2 == 0 {
        output = PageMutator.mutated(input, seed: seed, maxByteCount: maxCount)
    } else {
        let newCount = mutateBytes(bytes, count, maxCount)
        output = PageMutator.mended(Array(UnsafeBufferPointer(start: bytes, count: newCount)))
    }
    let outputCount = min(output.count, maxCount)
    for index in 0..<outputCount { bytes[index] = output[index] }
    return outputCount
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ maxCount: Int) -> Int

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
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
        let limits = Limits()
        let done = DispatchSemaphore(value: 0)
        // A restore waits for the disk: a few are enough.
        let isRestored = bytes.last.map { $0 % 16 == 0 } ?? true
        Task.detached {
            await self.read(isRestored: isRestored)
            done.signal()
        }
        done.wait()
        limits.check(inputByteCount: bytes.count)
    }

    /// As a source elsewhere hands them over.
    private func remoteBytes(_ range: Range<Int64>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, range.count, off_t(range.lowerBound)))
        }
    }

    private func read(isRestored: Bool) async {
        guard let file = try? SnapshotFile(openedAs: descriptor) else { return }
        _ = try? await file.verify(hashingKeys: true)
        _ = try? await RemoteSnapshot(byteCount: file.byteCount, read: remoteBytes).revision()
        _ = try? await file.contents()
        if let keys = try? await file.keys() {
            let changes = (0..<min(keys.count, 20)).map { keys[$0] }
            for value in (try? await file.values(of: changes)) ?? [] { _ = KubernetesObject(value: value) }
        }
        if var history = try? await file.history() {
            while let changes = try? await history.next(), !changes.isEmpty {}
        }
        _ = try? await file.keyHash()
        _ = try? await file.keyHash(compactedAt: 100)
        guard isRestored, let cluster = try? InitialCluster("a=http://localhost:1", token: ""),
            let member = cluster.members.first
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
