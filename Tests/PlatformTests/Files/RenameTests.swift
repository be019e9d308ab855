import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct RenameTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a free name is given to a file and to a folder`() throws {
        try folder.write([1], to: "a")
        try folder.write([2], to: "d/b")
        try renameWithoutReplacing(folder.path("a"), to: folder.path("c"))
        try renameWithoutReplacing(folder.path("d"), to: folder.path("e"))
        #expect(try folder.read("c") == [1] && folder.read("e/b") == [2])
    }

    @Test func `what has the name stays, and so does what was to get it`() throws {
        try folder.write([1], to: "a")
        try folder.write([2], to: "b")
        #expect(throws: SystemError(code: EEXIST)) {
            try renameWithoutReplacing(folder.path("a"), to: folder.path("b"))
        }
        #expect(try folder.read("a") == [1] && folder.read("b") == [2])
    }
}
