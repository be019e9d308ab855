import Foundation

/// The tools that `scripts/setup` puts into `.build-tools`, beside `Package.swift`.
enum PinnedTool {
    /// The path of one of them, such as `rclone`.
    static func path(_ name: String) throws -> String {
        let path = "\(environment)/bin/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw PartFailure("cannot start \(name): there is no \(path); 'scripts/setup --for test' installs it")
        }
        return path
    }

    /// The path of a program that lies in a package of Python.
    static func packaged(_ name: String) throws -> String {
        let libraries = (try? FileManager.default.contentsOfDirectory(atPath: "\(environment)/lib")) ?? []
        for library in libraries {
            let path = "\(environment)/lib/\(library)/site-packages/\(name)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw PartFailure(
            "cannot start \(name): there is none in \(environment); 'scripts/setup --for test' installs it"
        )
    }

    private static let environment: String = {
        var project = URL(fileURLWithPath: #filePath)
        for _ in ["PinnedTool.swift", "RealParts", "TestSupport", "Tests"] { project.deleteLastPathComponent() }
        return project.appendingPathComponent(".build-tools/venv").path
    }()
}
