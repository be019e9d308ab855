import Foundation
import TestSupport

/// What `scripts/make-layouts` lays out, once for all tests of a run.
struct LayoutTrees: Sendable {
    let folder: TemporaryFolder
    let rows: [LayoutRow]

    private static let made = Result { try LayoutTrees() }

    static func shared() throws -> LayoutTrees { try made.get() }

    /// None where they can't be made: then a test of its own fails.
    static var rows: [LayoutRow] { (try? shared().rows) ?? [] }

    /// The folder that all trees are in.
    var path: String { folder.path("layouts") }

    private init() throws {
        folder = try .forRun()
        let script = URL(fileURLWithPath: Fixture.folder).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("scripts/make-layouts").path
        guard try SystemTool.run([script, folder.path("layouts")]).exitCode == 0 else {
            throw PartFailure("scripts/make-layouts failed")
        }
        let table = String(decoding: try folder.read("layouts/expected.tsv"), as: UTF8.self)
        rows = table.split(separator: "\n").dropFirst().compactMap { LayoutRow($0) }
    }

    /// The paths of all files below the folder of the trees, and their bytes.
    func files() throws -> [(path: String, bytes: [UInt8])] {
        let paths = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return try paths.filter { !folder.isFolder("layouts/\($0)") }.map { ($0, try folder.read("layouts/\($0)")) }
    }
}
