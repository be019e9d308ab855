import Blocking
import Files
import FoundationEssentials
import Glibc
import Text

/// The folder of one drill that was started: its definition, its world, and the learner's `work`. All that a drill
/// makes is in there.
package struct Sandbox: Sendable, Hashable {
    /// Absolute, without links and without a `/` at the end.
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// Its own name, which differs from that of every other one: `service-gone-1f3a`.
    package var name: String { PathParts(folder).name }

    /// The current folder of the learner.
    package var work: String { "\(folder)/work" }
    /// What `~` is.
    package var home: String { "\(folder)/home" }
    /// A copy of the drill's file, and of the files beside it that it names.
    package var definition: String { "\(folder)/definition" }
    package var drillFile: String { "\(definition)/drill.yaml" }
    var contents: String { "\(folder)/contents" }
    /// For copies that its servers make.
    package var spool: String { "\(folder)/spool" }
    package var logFile: String { "\(folder)/log.jsonl" }
    /// What a game master asks for.
    package var orders: String { "\(folder)/orders" }

    /// Where a path of the drill's file is that lies in `work`.
    package func inWork(_ path: String) -> String { "\(work)/\(path)" }

    /// Where a world's volume lies: what `use pv` is led to, or a folder in `work`.
    package func volume(_ volume: WorldVolume) -> String {
        volume.path.hasPrefix("/") ? "\(folder)/volume" : inWork(volume.path)
    }

    /// Where the volume lies while it is not mounted.
    package func unmountedVolume(_ volume: WorldVolume) -> String { self.volume(volume) + ".not-mounted" }

    func content(_ variant: ContentVariant) -> String { "\(contents)/\(variant.fileName)" }

    /// The files with the bytes of a world's backups. May block.
    ///
    /// - Throws: `WorldError`.
    package func contents(of plan: WorldPlan) throws(WorldError) -> [ContentVariant: ContentFile] {
        var files: [ContentVariant: ContentFile] = [:]
        for variant in plan.variants {
            let path = content(variant)
            let bytes = try bytes(of: path)
            files[variant] = ContentFile(
                path: path,
                byteCount: Int64(bytes.count),
                etag: etag(of: bytes),
                sha256: sha256(of: bytes)
            )
        }
        return files
    }
}

// MARK: - Files in it

extension Sandbox {
    /// Makes a folder, with those above it within the sandbox. May block.
    func makeFolder(_ path: String) throws(WorldError) {
        guard path != folder, path.hasPrefix(folder + "/") else { return }
        try makeFolder(PathParts(path).folder)
        do throws(SystemError) {
            try systemCall { mkdir(path, 0o700) }
        } catch {
            if error.code != EEXIST { throw .cannotWrite(path: path, reason: error.description) }
        }
    }

    /// Writes a file, or replaces it as a whole. May block.
    package func write(_ bytes: [UInt8], to path: String) throws(WorldError) {
        do throws(SystemError) {
            try WholeFile.write(bytes, to: path, replacing: true)
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }

    /// The bytes of a file of the sandbox's own. May block.
    package func bytes(of path: String) throws(WorldError) -> [UInt8] {
        do throws(SystemError) {
            var status = stat()
            try systemCall { stat(path, &status) }
            guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(code: EINVAL) }
            guard status.st_size <= Self.maxByteCount else { throw SystemError(code: EFBIG) }
            return try FileRange.read(0..<Int64(status.st_size), of: path)
        } catch {
            throw .unreadable(content: path, reason: error.description)
        }
    }

    /// More than the largest backup of a world.
    private static let maxByteCount = 128 << 20

    /// Copies a file, as if it had been written at a time. May block.
    func copy(_ source: String, to path: String, modified: Date) throws(WorldError) {
        let bytes = try bytes(of: source)
        try call(path) {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return -1 }
            defer { close(descriptor) }
            var done = 0
            while done < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
                }
                if count < 0 { return -1 }
                done += count
            }
            let seconds = modified.timeIntervalSince1970
            let time = timespec(tv_sec: Int(seconds.rounded(.down)), tv_nsec: 0)
            return futimens(descriptor, [time, time])
        }
    }

    /// Makes a call about a file.
    func call(_ path: String, _ call: () -> Int32) throws(WorldError) {
        do throws(SystemError) {
            try systemCall(call)
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }
}
