import Testing
import Text

@Suite("A path's parts") struct PathPartsTests {
    @Test(
        "are its folder and its name",
        arguments: [
            ("a/b.db", "a/", "a", "b.db"), ("b.db", "", ".", "b.db"), ("/b.db", "/", "/", "b.db"),
            ("/a/b/", "/a/b/", "/a/b", ""), ("../b", "../", "..", "b"), ("", "", ".", ""), ("a//b", "a//", "a/", "b"),
            // For Swift the sign and the mark behind it are one character; for the kernel they are not.
            ("../\u{301}x", "../", "..", "\u{301}x"), ("a/\u{FE0F}", "a/", "a", "\u{FE0F}"),
        ]
    )
    func parts(path: String, lead: String, folder: String, name: String) {
        let parts = PathParts(path)
        #expect(parts.lead == lead && parts.folder == folder && parts.name == name)
        #expect(parts.sibling(parts.name) == path)
    }

    @Test func `are cut at every slash, whatever follows it`() {
        #expect(PathParts.names(in: "/a/../\u{301}b//\u{FE0F}/c") == ["a", "..", "\u{301}b", "\u{FE0F}", "c"])
        #expect("a/\u{301}b".hasSlash && !"a".hasSlash)
    }

    @Test func `another name in the same folder is written as the path is`() {
        #expect(PathParts("../a/b").sibling("c") == "../a/c")
        #expect(PathParts("b").sibling("c") == "c")
    }
}
