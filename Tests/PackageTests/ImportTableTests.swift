import Testing

@Suite("The table of targets in the README")
struct ImportTableTests {
    private let manifest: Manifest
    private let table: ImportTable

    init() throws {
        manifest = try Manifest()
        table = try ImportTable()
        try #require(manifest.sources.count > 15 && !table.rows.isEmpty)
    }

    @Test("has a row for each target, and no other")
    func rows() {
        let rows = Dictionary(grouping: table.rows, by: \.target)
        for target in manifest.sources {
            let folders = rows[target.name]?.map(\.folder) ?? []
            #expect(folders == [target.folder], "add a row to the README: `\(target.folder)` | \(target.name)")
        }
        for row in table.rows {
            #expect(
                manifest.sources.contains { $0.name == row.target },
                "remove the row of \(row.target) from the README: Package.swift has no such target"
            )
        }
    }

    @Test("says of each target what it imports")
    func imports() {
        for row in table.rows {
            guard let target = manifest.sources.first(where: { $0.name == row.target }) else { continue }
            #expect(
                row.imports == target.dependencies,
                "the imports of \(row.target) in the README: write \(target.dependencies.sorted().joined(separator: ", "))"
            )
        }
    }

    @Test("is in order: a target imports only what stands above it")
    func order() {
        let names = Set(table.rows.map(\.target))
        var above: Set<String> = []
        for row in table.rows {
            let below = row.imports.intersection(names).subtracting(above)
            #expect(below.isEmpty, "\(row.target) imports \(below.sorted()), below it in the README")
            above.insert(row.target)
        }
    }

    @Test("has a picture beside it that shows each target")
    func picture() throws {
        let section = try Manifest.text(of: "README.md").split(separator: "\n## ").first {
            $0.contains(ImportTable.heading)
        }
        let picture = try #require(section?.split(separator: "\n|").first)
        for target in manifest.sources {
            #expect(
                picture.firstMatch(of: try Regex("\\b\(target.name)\\b")) != nil,
                "draw \(target.name) in the picture of the README"
            )
        }
    }
}
