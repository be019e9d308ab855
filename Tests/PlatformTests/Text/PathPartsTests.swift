import Testing
import Text

@Suite("A path's parts") struct PathPartsTests {
    @Test(
        "are its folder and its name",
        arguments: [
            ("a/b.db", "a/", "a", "b.db"), ("b.db", "", ".", "b.db"), ("/b.db", "/", "/", "b.db"),
            ("/a/b/", "/a/b/", "/a/b", ""), ("../b", "../", "..", "b"), ("", "", ".", ""), ("a//b", "a//", "a/", "b"),
        ]
    )
    func parts(path: String, lead: String, folder: String, name: String) {
        let parts = PathParts(path)
        #expect(parts.lead == lead && parts.folder == folder && parts.name == name)
        #expect(parts.sibling(parts.name) == path)
    }

    @Test func `another name in the same folder is written as the path is`() {
        #expect(PathParts("../a/b").sibling("c") == "../a/c")
        #expect(PathParts("b").sibling("c") == "c")
    }
}
