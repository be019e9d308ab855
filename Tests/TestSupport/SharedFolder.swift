import Foundation

/// Real data with the right answers that may lie beside the project; tests use it where it is there.
public enum SharedFolder {
    private static let path = URL(fileURLWithPath: Fixture.folder)
        .appendingPathComponent("../../../shared").standardized.path

    /// The folders in one of its folders, by name; none where it is not there.
    public static func folders(in name: String) -> [String] {
        let folder = "\(path)/\(name)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var isFolder: ObjCBool = false
        return names.sorted().map { "\(folder)/\($0)" }.filter {
            FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && isFolder.boolValue
        }
    }
}
