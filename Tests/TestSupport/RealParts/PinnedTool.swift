import Foundation

/// The tools that `scripts/setup` puts into `.build-tools`, beside `Package.swift`.
enum PinnedTool {
    /// The path of one of them, such as `rclone`.
    static func path(_ name: String) throws -> String {
        var project = URL(fileURLWithPath: #filePath)
        for _ in ["PinnedTool.swift", "RealParts", "TestSupport", "Tests"] { project.deleteLastPathComponent() }
        let path = project.appendingPathComponent(".build-tools/venv/bin/\(name)").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw PartFailure("cannot start \(name): there is no \(path); 'scripts/setup --for test' installs it")
        }
        return path
    }
}
