import Backups
import Blocking
import Files
import Glibc
import Snapshot

/// Copies of backups that are being made: all who ask for the same one meanwhile share it.
actor Spools {
    private struct Copy {
        var task: Task<SpooledCopy, any Error>
        var waitingCount = 0
    }

    private let source: any BackupSource
    private let codecs: [any Codec]
    private let folder: String
    private let places: SpoolPlaces
    private var running: [Backup: Copy] = [:]
    /// The last one that is to be kept: until another copy is made, so that it takes neither room nor a place from
    /// that.
    private var kept: (backup: Backup, file: SpooledFile)?

    init(_ source: any BackupSource, _ codecs: [any Codec], folder: String, maxCount: Int) {
        self.source = source
        self.codecs = codecs
        self.folder = folder
        places = SpoolPlaces(maxCount: maxCount)
    }

    /// How many wait for the same copy.
    func waitingCount(for backup: Backup) -> Int { running[backup]?.waitingCount ?? 0 }

    /// - Parameter isKept: Whether the copy is kept for the next who ask, where it is sound.
    /// - Throws: What the source throws; `SpoolError` where it can't be kept; `TooManyCopies`; `CancellationError`,
    ///   also where the copies were cancelled.
    func file(of backup: Backup, isKept: Bool = false) async throws -> SpooledFile {
        if let kept, kept.backup == backup { return kept.file }
        var copy = try running[backup] ?? start(backup)
        copy.waitingCount += 1
        running[backup] = copy
        let result: Result<SpooledCopy, any Error>
        do {
            result = .success(try await copy.task.valueUnlessCancelled)
        } catch is CancellationError where Task.isCancelled {
            await leave(copy.task, of: backup)
            throw CancellationError()
        } catch {
            result = .failure(error)
        }
        // The first to be here closes it to others: now all its uses are known. A later copy may have taken its place.
        if let ended = running[backup], ended.task == copy.task {
            running[backup] = nil
            try? result.get().beginUses(ended.waitingCount)
        }
        let file = SpooledFile(try result.get())
        if isKept, file.result.verdict == .sound { kept = (backup, file) }
        return file
    }

    /// One who asked does not wait any more. What no one waits for is not copied to its end.
    private func leave(_ task: Task<SpooledCopy, any Error>, of backup: Backup) async {
        if var copy = running[backup], copy.task == task {
            copy.waitingCount -= 1
            running[backup] = copy.waitingCount > 0 ? copy : nil
            if copy.waitingCount == 0 { task.cancel() }
            if copy.waitingCount > 0 { return }
            // It may be complete all the same.
            Task { if case .success(let copy) = await task.result { copy.drop() } }
        } else if case .success(let copy) = await task.result {
            // Its use is among those that were counted.
            copy.endUse()
        }
    }

    /// Ends all copies that are being made.
    func cancel() {
        for copy in running.values { copy.task.cancel() }
    }

    private func start(_ backup: Backup) throws -> Copy {
        kept = nil
        try places.take()
        return Copy(
            task: Task(executorPreference: DedicatedThread()) { [source, codecs, folder, places] in
                try await SpooledCopy.read(backup, from: source, codecs, in: folder, places)
            }
        )
    }

    /// Makes sure that a copy can be kept, before anyone asks for one.
    ///
    /// - Throws: `ServerError.unusableSpoolFolder`, `CancellationError`.
    nonisolated func check() async throws {
        do {
            _ = try await BlockingWork.run(at: Place(folder: folder)) { [folder] in
                try BlockingWork.call(.lookup) { () throws(SystemError) in close(try UnnamedFile.open(in: folder)) }
            }
        } catch let error as SystemError {
            throw ServerError.unusableSpoolFolder(folder, reason: error.description)
        } catch let error as NotAnswering {
            throw ServerError.unusableSpoolFolder(folder, reason: error.description)
        }
    }
}
