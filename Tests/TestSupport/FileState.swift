import Foundation

/// A file's bytes and when they were last written, to assert that reading leaves both as they are.
public struct FileState: Equatable {
    private var bytes: Data
    private var modified: Date?

    public init(_ path: String) throws {
        bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }
}
