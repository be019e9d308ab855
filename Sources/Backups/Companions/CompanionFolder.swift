import Blocking
public import Files
import Glibc
import Synchronization
import Text

/// A folder that the companions of a backup are written to: all of them below it, whatever an archive says.
///
/// They come into a file without a name, and get their names with `publish`, once the snapshot is verified.
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
    public struct Refused: Sendable, Hashable {
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
        var companions: [CompanionPath: SpooledCompanion] = [:]
        /// Of those, and of what is on its way.
        var byteCount: Int64 = 0
        var refused: [Refused] = []
        /// The same, to look them up.
        var refusals: Set<Refused> = []
    }

    public let path: String
    private let root: OpenFile
    private let spool: CompanionSpool
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
            spool = try CompanionSpool(in: path)
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
    func refuseOthers(among entries: [PackedEntry]) {
        for entry in entries where ![.file, .folder].contains(entry.kind) { _ = sink(for: entry) }
    }

    private func stage(_ entry: PackedEntry) throws(CompanionRefusal) -> ArrivingCompanion {
        let path = try CompanionPath(entry.name)
        // The same entry comes again where a download starts over.
        forget(path)
        if let byteCount = entry.byteCount { try check(byteCount, after: 0, state.withLock(\.byteCount)) }
        guard state.withLock(\.companions.count) < limits.maxCount else { throw .tooMany(maxCount: limits.maxCount) }
        return ArrivingCompanion(path, of: entry.name, in: self)
    }

    /// - Parameters:
    ///   - fileByteCount: How many bytes the file has by now.
    ///   - allByteCount: How many all files have.
    private func check(
        _ byteCount: Int64,
        after fileByteCount: Int64,
        _ allByteCount: Int64
    ) throws(CompanionRefusal) {
        guard byteCount <= limits.maxFileByteCount - fileByteCount else {
            throw .tooLarge(maxByteCount: limits.maxFileByteCount)
        }
        guard byteCount <= limits.maxByteCount - allByteCount else {
            throw .tooMuch(maxByteCount: limits.maxByteCount)
        }
    }

    private func forget(_ path: CompanionPath) {
        if let earlier = state.withLock({ $0.companions.removeValue(forKey: path) }) {
            release(earlier.bytes.byteCount)
        }
    }

    // MARK: - What those on their way call

    /// Makes sure that so many bytes more may come of one file.
    func reserve(_ byteCount: Int64, after fileByteCount: Int64) throws(CompanionRefusal) {
        try state.withLock { state throws(CompanionRefusal) in
            try check(byteCount, after: fileByteCount, state.byteCount)
            state.byteCount += byteCount
        }
    }

    /// These bytes are not needed.
    func release(_ byteCount: Int64) { state.withLock { $0.byteCount -= byteCount } }

    /// - Throws: `CompanionError`.
    func spool(_ bytes: UnsafeRawBufferPointer) throws(CompanionError) -> Range<Int64> {
        do throws(SystemError) {
            return try spool.append(bytes)
        } catch {
            throw .cannotWrite(folder: path, reason: error.description)
        }
    }

    func add(_ companion: SpooledCompanion, at path: CompanionPath) {
        forget(path)
        state.withLock { $0.companions[path] = companion }
    }

    func refuse(_ name: String, _ reason: CompanionRefusal) {
        let refused = Refused(name: name, reason: reason)
        state.withLock { if $0.refusals.insert(refused).inserted { $0.refused.append(refused) } }
    }

    // MARK: - In the end

    /// Gives all of them their names.
    ///
    /// - Parameter backup: The file of the backup that they belong to: none of them takes its place.
    public func publish(beside backup: FileMark? = nil) -> Outcome {
        let (companions, refused) = state.withLock { state in
            defer { state = State() }
            return (state.companions, state.refused)
        }
        var outcome = Outcome(refused: refused)
        var publisher = CompanionPublisher(
            root: root.descriptor,
            spool: spool,
            replacesExisting: replacesExisting,
            backup: backup
        )
        for (path, companion) in companions.sorted(by: { $0.key.text < $1.key.text }) {
            do throws(CompanionRefusal) {
                let isNew = try publisher.publish(companion, at: path)
                if isNew { outcome.written.append(path.text) } else { outcome.unchanged.append(path.text) }
            } catch {
                outcome.refused.append(Refused(name: companion.entryName, reason: error))
            }
        }
        return outcome
    }
}

/// Why companions can't be written at all.
public enum CompanionError: UserError, Equatable {
    case cannotWrite(folder: String, reason: String)
    /// A backup whose distribution can't restore it without this file.
    case missing(name: String, of: String)

    public var code: String {
        switch self {
        case .cannotWrite: "companions.write-failed"
        case .missing: "companions.missing"
        }
    }

    public var category: ErrorCategory {
        switch self {
        case .cannotWrite: .failed
        case .missing: .notFound
        }
    }

    public var nextStep: NextStep? {
        switch self {
        case .cannotWrite: nil
        case .missing: "choose another backup: \(.listBackups)"
        }
    }

    public var description: String {
        switch self {
        case .missing(let name, let backup):
            "cannot get the companions of \(backup.printable): \(name.printable) is missing, and belongs to it"
        case .cannotWrite(let folder, let reason): "cannot write into the folder \(folder.printable): \(reason)"
        }
    }
}
