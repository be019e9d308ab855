public import Foundation
import Synchronization

/// A folder of its own for one test, removed with this object.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        path = NSTemporaryDirectory() + "snapsh-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in it.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes a file, and the folders above it.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String, modified: Date? = nil) throws -> String {
        let file = path(name)
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        if let modified {
            try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: file)
        }
        return file
    }

    public func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }

    public func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }

    public func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    public func exists(_ name: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path(name))) != nil
    }

    public func isFolder(_ name: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The names in a folder of it, hidden ones included, sorted.
    public func names(in folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
    }

    /// The permission bits of something in it.
    public func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }
}

extension TemporaryFolder {
    private static let pathsOfRun: Mutex<[String]> = {
        atexit {
            let paths = TemporaryFolder.pathsOfRun.withLock { $0 }
            for path in paths { try? FileManager.default.removeItem(atPath: path) }
        }
        return Mutex([])
    }()

    /// One for the whole run, removed when the process ends: what a static property holds is never released.
    public static func forRun() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        pathsOfRun.withLock { $0.append(folder.path) }
        return folder
    }
}

/// Folders that live as long as this object, for what makes them and does not keep them.
public final class Folders: Sendable {
    private let made = Mutex<[TemporaryFolder]>([])

    public init() {}

    public func make() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        made.withLock { $0.append(folder) }
        return folder
    }
}
