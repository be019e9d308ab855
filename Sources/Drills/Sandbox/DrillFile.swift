import Blocking
import Files
import Text

/// A drill with the file that it comes from.
package struct DrillFile: Sendable {
    package var drill: Drill
    package var bytes: [UInt8]
    /// `nil` where the program carries it.
    package var path: String?

    /// Where the files beside it are.
    package var folder: String { path.map { PathParts($0).folder } ?? "." }

    /// A drill that the program carries.
    ///
    /// - Throws: `DrillFileError`.
    package init(carried name: String) throws(DrillFileError) {
        guard let carried = Catalog.drills.first(where: { $0.name == name }) else { throw .unknown(name) }
        try self.init(bytes: carried.bytes, path: nil)
    }

    /// - Throws: `DrillFileError`.
    package init(bytes: [UInt8], path: String?) throws(DrillFileError) {
        let (drill, findings) = DrillReader.read(bytes)
        guard let drill, findings.isEmpty else {
            let first = findings.first ?? DrillFinding(line: 1, column: 1, message: "it is no drill")
            throw .findings(path: path ?? "that is carried", count: findings.count, first: first)
        }
        self.drill = drill
        self.bytes = bytes
        self.path = path
    }

    /// A file of a team's own.
    ///
    /// - Throws: `DrillFileError`, `CancellationError`.
    package init(path: String) async throws {
        let content: FileContent?
        do {
            content = try await BlockingWork.run(at: Place(folderOf: path)) {
                try FileContent(of: path, maxByteCount: Self.maxByteCount)
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw DrillFileError.unreadable(path: path, reason: "\(error)")
        }
        guard let content else {
            throw DrillFileError.unreadable(path: path, reason: "it is larger than \(Self.maxByteCount.byteCountText)")
        }
        try self.init(bytes: Array(content.bytes), path: path)
    }

    package static let maxByteCount = 1 << 20
}
