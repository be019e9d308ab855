import Files
import Text

/// Which drills `drill test` has proven: a line for each, the SHA-256 of the drill's file and its name.
///
/// What the program carries is proven by its own tests.
package struct DrillProofs: Sendable {
    private let path: String

    /// - Parameter path: `DrillsFolder.provenFile`.
    package init(_ path: String) { self.path = path }

    /// What stands for a drill as it is now.
    package static func mark(of file: DrillFile) -> String { sha256(of: file.bytes) }

    /// The marks of those that the program carries.
    package static var carried: Set<String> { Set(Catalog.drills.map { sha256(of: $0.bytes) }) }

    /// The marks of all that are proven. May block.
    package var marks: Set<String> {
        guard let content = try? FileContent(of: path, maxByteCount: 1 << 20) else { return Self.carried }
        let lines = String(decoding: content.bytes, as: UTF8.self).split(separator: "\n")
        return Self.carried.union(lines.map { String($0.prefix(64)) })
    }

    /// May block.
    ///
    /// - Throws: `WorldError.cannotWrite`.
    package func add(_ file: DrillFile) throws(WorldError) {
        if marks.contains(Self.mark(of: file)) { return }
        do throws(SystemError) {
            try AppendedFile.add("\(Self.mark(of: file)) \(file.drill.name)".utf8, to: path)
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }
}
