import Blocking
import Files
import Glibc
import Synchronization
import Text

/// A folder that the companions of a backup are written to: all of them below it, whatever an archive says.
///
/// Each comes as `.NAME.part`, and gets its name with `publish`, once the snapshot is verified.
public final class CompanionFolder: Sendable {
    /// What is written at most.
    public struct Limits: Sendable {
        /// Of one file; the largest known ones are static resources of some MiB.
        public var maxFileByteCount: Int64 = 64 << 20
        /// Of all files.
        public var maxByteCount: Int64 = 512 << 20
        public var maxCount = 10_000

        public init() {}
    }

    /// A companion that was not written.
    public struct Refused: Sendable, Equatable {
        /// As the archive has it.
        public var name: String
        public var reason: CompanionRefusal
    }

    /// What became of them.
    public struct Outcome: Sendable, Equatable {
        /// The paths below the folder, in order.
        public var written: [String] = []
        /// Those that were there already, byte for byte.
        public var unchanged: [String] = []
        public var refused: [Refused] = []
    }

    private struct State {
        var staged: [CompanionPath: StagedCompanion] = [:]
        var refused: [Refused] = []

        var byteCount: Int64 { staged.values.reduce(0) { $0 + $1.byteCount } }
    }

    public let path: String
    private let root: OpenFile
    private let replacesExisting: Bool
    private let limits: Limits
    private let state = Mutex(State())

    /// Opens the folder, and makes it where it is missing.
    ///
    /// - Throws: `CompanionError`.
    public init(_ path: String, replacesExisting: Bool = false, limits: Limits = Limits()) throws(CompanionError) {
        self.path = path
        self.replacesExisting = replacesExisting
        self.limits = limits
        do throws(SystemError) {
            let descriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
                if mkdir(path, 0o700) != 0, errno != EEXIST { throw SystemError(code: errno) }
                return try systemCall { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
            }
            root = OpenFile(descriptor)
        } catch {
            throw .cannotWrite(folder: path, reason: error.description)
        }
    }

    // MARK: - As they come

    /// What takes the bytes of an entry; `nil` where it is none to be written: a folder, or one that is refused.
    public func sink(for entry: PackedEntry) -> (any CompanionSink)? {
        do throws(CompanionRefusal) {
            switch entry.kind {
            case .file: break
            // Those that are needed are made with what is in them.
            case .folder: return nil
            case .link: throw .link
            case .other: throw .noFile
            }
            return try stage(entry)
        } catch {
            refuse(entry.name, error)
            return nil
        }
    }

    /// Takes note of entries that are neither files nor folders: no unpacking hands them over.
    package func refuseOthers(among entries: [PackedEntry]) {
        for entry in entries where ![.file, .folder].contains(entry.kind) { _ = sink(for: entry) }
    }

    private func stage(_ entry: PackedEntry) throws(CompanionRefusal) -> StagedCompanion {
        let path = try CompanionPath(entry.name)
        // The same entry comes again where a download starts over.
        forget(path)
        if let byteCount = entry.byteCount { try check(byteCount) }
        guard state.withLock({ $0.staged.count < limits.maxCount }) else { throw .tooMany(maxCount: limits.maxCount) }
        do throws(SystemError) {
            let staged = try StagedCompanion(path, of: entry.name, in: self, folder: try folder(of: path))
            state.withLock { $0.staged[path] = staged }
            return staged
        } catch {
            throw .cannotWrite(reason: error.description)
        }
    }

    /// Whether so many bytes more can be written of one file.
    func check(_ byteCount: Int64, of file: StagedCompanion? = nil) throws(CompanionRefusal) {
        guard (file?.byteCount ?? 0) + byteCount <= limits.maxFileByteCount else {
            throw .tooLarge(maxByteCount: limits.maxFileByteCount)
        }
        guard state.withLock(\.byteCount) + byteCount <= limits.maxByteCount else {
            throw .tooMuch(maxByteCount: limits.maxByteCount)
        }
    }

    func refuse(_ name: String, _ reason: CompanionRefusal) {
        state.withLock { state in
            let refused = Refused(name: name, reason: reason)
            if !state.refused.contains(refused) { state.refused.append(refused) }
        }
    }

    func forget(_ path: CompanionPath) {
        state.withLock { $0.staged.removeValue(forKey: path) }?.discard()
    }

    /// The folder that a file is in, open; made where it is missing. No link is followed on the way.
    private func folder(of path: CompanionPath) throws(SystemError) -> OpenFile {
        var folder = root
        for part in path.folders {
            let parent = folder
            let descriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
                if mkdirat(parent.descriptor, part, 0o700) != 0, errno != EEXIST { throw SystemError(code: errno) }
                return try systemCall {
                    openat(parent.descriptor, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                }
            }
            folder = OpenFile(descriptor)
        }
        return folder
    }

    // MARK: - In the end

    /// Gives all of them their names.
    public func publish() -> Outcome {
        let (staged, refused) = state.withLock { state in
            defer { state = State() }
            return (state.staged, state.refused)
        }
        var outcome = Outcome(refused: refused)
        for (path, companion) in staged.sorted(by: { $0.key.text < $1.key.text }) {
            do throws(CompanionRefusal) {
                let isNew = try companion.publish(replacesExisting: replacesExisting)
                if isNew { outcome.written.append(path.text) } else { outcome.unchanged.append(path.text) }
            } catch {
                companion.discard()
                outcome.refused.append(Refused(name: companion.entryName, reason: error))
            }
        }
        return outcome
    }

    /// Removes what has no name yet.
    public func discard() {
        let staged = state.withLock { state in
            defer { state = State() }
            return state.staged
        }
        for companion in staged.values { companion.discard() }
    }
}

/// Why companions can't be written at all.
public enum CompanionError: UserError, Equatable {
    case cannotWrite(folder: String, reason: String)

    public var code: String { "companions.write-failed" }
    public var category: ErrorCategory { .failed }

    public var description: String {
        switch self {
        case .cannotWrite(let folder, let reason): "cannot write into the folder \(folder.printable): \(reason)"
        }
    }
}
