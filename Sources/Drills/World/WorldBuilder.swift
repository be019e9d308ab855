import Blocking
import Files
import FoundationEssentials
import Glibc
import Restore
import Snapshot
import Text

/// Builds a world in a sandbox: the files with the contents, the volume, and the data directories of members.
package struct WorldBuilder: Sendable {
    private let plan: WorldPlan
    private let sandbox: Sandbox

    package init(_ plan: WorldPlan, in sandbox: Sandbox) {
        self.plan = plan
        self.sandbox = sandbox
    }

    /// - Parameter content: A snapshot by its name.
    /// - Throws: `WorldError`, `CancellationError`.
    package func build(content: @escaping @Sendable (String) throws -> SnapshotContent) async throws {
        let files = try await BlockingWork.run(at: Place(folder: sandbox.folder), tidiesUp: true) {
            let files = try self.writeContents(content)
            try self.writeVolume(files)
            return files
        }
        for directory in plan.drill.world.dataDirectories { try await make(directory, files) }
    }

    // MARK: - Contents

    /// One file for each kind of bytes.
    private func writeContents(
        _ content: (String) throws -> SnapshotContent
    ) throws -> [ContentVariant: ContentFile] {
        try sandbox.makeFolder(sandbox.contents)
        for variant in plan.variants {
            try sandbox.write(variant.bytes(of: content(variant.content).bytes), to: sandbox.content(variant))
        }
        return try sandbox.contents(of: plan)
    }

    // MARK: - The volume

    private func writeVolume(_ files: [ContentVariant: ContentFile]) throws {
        guard let folder = plan.drill.world.volume.map({ sandbox.volume($0) }) else { return }
        try sandbox.makeFolder(folder)
        // Files of the same age and the same bytes are one file under several names: ten thousand of them cost nothing.
        var links: [LinkKey: String] = [:]
        var made: Set<String> = []
        for backup in plan.backups where backup.places.contains(.volume) {
            guard let file = files[backup.variant] else { continue }
            let cluster = "\(folder)/v1/\(backup.cluster)"
            if made.insert(cluster).inserted { try sandbox.makeFolder(cluster) }
            let path = "\(cluster)/\(backup.name)"
            let key = LinkKey(variant: backup.variant, modified: backup.modified)
            if backup.id == nil, let first = links[key] {
                try sandbox.call(path) { link(first, path) }
            } else {
                try sandbox.copy(file.path, to: path, modified: backup.modified)
                if backup.id == nil { links[key] = path }
            }
        }
    }

    private struct LinkKey: Hashable {
        var variant: ContentVariant
        var modified: Date
    }

    // MARK: - Data directories

    private func make(_ directory: WorldDataDirectory, _ files: [ContentVariant: ContentFile]) async throws {
        let path = sandbox.inWork(directory.path)
        let backup = try plan.backup(id: directory.backup)
        guard let content = files[backup.variant] else { throw WorldError.unknownBackup(id: directory.backup) }
        do {
            try await BlockingWork.run(at: Place(folder: sandbox.folder)) {
                try sandbox.makeFolder(PathParts(path).folder)
            }
            let cluster = try InitialCluster(directory.initialCluster, token: directory.token)
            let target = RestoreTarget(
                member: try cluster.member(named: directory.memberName),
                dataDirectory: path
            )
            _ = try await SnapshotFile(path: content.path).restore(cluster, to: [target], accept: { _ in })
        } catch let error as WorldError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch RestoreError.noSpace(_, let needed, let free) {
            let reason = "\(needed.byteCountText) are needed and \(free.byteCountText) are free"
            throw WorldError.dataDirectory(path: directory.path, reason: reason)
        } catch RestoreError.cannotWrite(_, let code) {
            throw WorldError.dataDirectory(path: directory.path, reason: SystemError(code: code).description)
        } catch {
            throw WorldError.dataDirectory(path: directory.path, reason: "\(error)")
        }
    }
}
