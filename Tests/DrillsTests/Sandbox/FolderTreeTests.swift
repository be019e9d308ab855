import Drills
import Foundation
import TestSupport
import Testing

@Suite("A folder of a drill is removed")
struct FolderTreeTests {
    private let folder: TemporaryFolder
    private var tree: String { folder.path("tree") }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("mine".utf8, to: "tree/one/two/three")
    }

    @Test("also where a name in it is no UTF-8")
    func names() throws {
        for name in ["/one/caf\u{e9}", "/one/\u{ff}\u{fe}"] {
            let bytes = Array(tree.utf8) + name.unicodeScalars.map { UInt8($0.value) } + [0]
            #expect(mkdir(bytes.map { CChar(bitPattern: $0) }, 0o700) == 0)
        }
        try FolderTree.remove(tree)
        #expect(!folder.exists("tree"))
    }

    @Test("without what a link in it leads to")
    func links() throws {
        try folder.write("other".utf8, to: "other/file")
        #expect(symlink(folder.path("other"), "\(tree)/one/link") == 0)
        try FolderTree.remove(tree)
        #expect(!folder.exists("tree") && folder.exists("other/file"))
        // What is missing is no error.
        try FolderTree.remove(tree)
    }
}
