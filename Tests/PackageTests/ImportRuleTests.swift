import Foundation
import Testing

/// What a target may stand on, at whatever distance.
@Suite("The targets")
struct ImportRuleTests {
    private let manifest: Manifest

    init() throws {
        manifest = try Manifest()
    }

    private static let stores = ["DirectoryStore", "S3Store", "SidecarClient"]
    private static let network = [
        "AsyncHTTPClient", "HTTP", "HTTPServing", "LocalServers", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
        "SidecarServer",
    ]

    @Test(
        "know nothing of what is not theirs to know",
        arguments: [
            ("Language", ["Backups", "Files", "Shell", "Snapshot"]),
            (
                "Snapshot",
                ["Backups", "CLinux", "Files", "Layouts", "Processes", "Restore", "Shell"] + stores + network
            ),
            ("Restore", ["Backups", "Layouts", "Processes", "Shell"] + stores + network),
            ("Backups", ["Layouts", "Processes", "Shell", "Terminal"] + stores + network),
            ("Layouts", ["Processes", "Shell"] + stores + network),
            ("Codecs", ["Layouts", "Shell"] + stores + network),
            ("DirectoryStore", ["Shell"] + network),
            ("S3Store", ["DirectoryStore", "Shell", "SidecarClient", "SidecarServer"]),
            ("SidecarAPI", ["Shell"] + stores + network),
            ("Shell", ["Terminal"] + stores + network),
            ("Terminal", ["Backups", "Shell", "Snapshot"] + stores + network),
        ]
    )
    func closures(target: String, forbidden: [String]) throws {
        try #require(manifest.sources.contains { $0.name == target }, "Package.swift has no target \(target)")
        let found = manifest.closure(of: target).intersection(forbidden)
        #expect(found.isEmpty, "\(target) stands on \(found.sorted())")
    }

    /// What comes with the compiler and the system.
    private static let system: Set<String> = ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]

    @Test("import just what Package.swift says of them, and of the system only what is small")
    func imports() throws {
        for target in manifest.sources where target.kind != "systemLibrary" {
            let imported = try Self.imports(in: target.folder)
            let undeclared = imported.subtracting(target.dependencies).subtracting(Self.system)
            #expect(
                undeclared.isEmpty,
                "\(target.name) imports \(undeclared.sorted()), and Package.swift does not say so"
            )
            let unused = target.dependencies.subtracting(imported)
            guard target.isSwift(imported) else { continue }
            #expect(
                unused.isEmpty,
                "\(target.name) imports nothing of \(unused.sorted()): remove that from Package.swift"
            )
        }
    }

    private static func imports(in folder: String) throws -> Set<String> {
        let root = URL(fileURLWithPath: "\(Manifest.repository)/\(folder)")
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var names: Set<String> = []
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let pattern = /(?:@\w+\s+|public |package |internal |private )*import (?:struct |func |enum |class )?(\w+)/
            for line in text.split(separator: "\n") {
                if let match = line.wholeMatch(of: pattern) { names.insert(String(match.1)) }
            }
        }
        return names
    }
}

extension Manifest.Target {
    /// Whether it is written in Swift: C says what it includes elsewhere.
    fileprivate func isSwift(_ imports: Set<String>) -> Bool { !name.hasPrefix("C") || !imports.isEmpty }
}
