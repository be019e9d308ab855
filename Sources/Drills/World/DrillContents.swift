import Backups
import Blocking
import Files
import Snapshot
import Text

/// The snapshots that a drill's world is made of.
package struct DrillContents: Sendable {
    private var contents: [String: SnapshotContent] = [:]

    /// Reads all that a drill names: what the program carries, and files beside the drill's own.
    ///
    /// - Parameter folder: Where the drill's file is.
    /// - Throws: `WorldError`, `CancellationError`.
    package init(of drill: Drill, besideFileIn folder: String) async throws {
        var names = Set(drill.world.clusters.flatMap(\.backups).map(\.content))
        if drill.world.otherClusterCount > 0 { names.formUnion(Catalog.ordinaryNames) }
        for name in names {
            contents[name] =
                name.hasPrefix("./") ? try await Self.file(name, in: folder) : try Catalog.content(named: name)
        }
    }

    /// - Throws: `WorldError.unknownContent`.
    package func content(named name: String) throws(WorldError) -> SnapshotContent {
        guard let content = contents[name] else { throw .unknownContent(name) }
        return content
    }

    /// The files beside a drill that do not say which etcd wrote them, or can't be read.
    ///
    /// - Throws: `CancellationError`.
    package static func filesWithoutVersion(of drill: Drill, besideFileIn folder: String) async throws -> Set<String> {
        var names: Set<String> = []
        for name in drill.ownFiles {
            do {
                if try await file(name, in: folder).etcdVersion == nil { names.insert(name) }
            } catch let error as CancellationError {
                throw error
            } catch {
                names.insert(name)
            }
        }
        return names
    }

    private static func file(_ name: String, in folder: String) async throws -> SnapshotContent {
        let path = folder + name.dropFirst(1)
        do {
            let content = try await BlockingWork.run(at: Place(folderOf: path)) {
                try FileContent(of: path, maxByteCount: maxByteCount)
            }
            guard let content else { throw WorldError.unreadable(content: name, reason: "it is too large for a drill") }
            let found = try await SnapshotFile(path: path).verify().contents
            return SnapshotContent(
                etcdVersion: found?.etcdVersion,
                revision: found?.revision ?? 1,
                bytes: Array(content.bytes)
            )
        } catch let error as WorldError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            throw WorldError.unreadable(content: name, reason: "\(error)")
        }
    }

    private static let maxByteCount = 64 << 20
}

extension SnapshotContents {
    /// The oldest etcd that may have written it; `nil` where nothing in it says.
    fileprivate var etcdVersion: EtcdVersion? {
        switch writer {
        case .from36(let version): EtcdVersion(version)
        case .from35: clusterVersion.flatMap { EtcdVersion($0) } ?? EtcdVersion(major: 3, minor: 5, patch: 0)
        case .upTo34: clusterVersion.flatMap { EtcdVersion($0) }
        }
    }
}
