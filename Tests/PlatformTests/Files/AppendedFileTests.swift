import Files
import Foundation
import TestSupport
import Testing

@Suite("A file of lines")
struct AppendedFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("lines") }

    init() throws { folder = try TemporaryFolder() }

    private var text: String { get throws { String(decoding: try folder.read("lines"), as: UTF8.self) } }

    @Test("gets whole lines at its end, also after one that was cut")
    func lines() throws {
        try AppendedFile.add("one".utf8, to: path)
        try folder.write(try folder.read("lines") + Array("cu".utf8), to: "lines")
        try AppendedFile.add("two".utf8, to: path)
        #expect(try text == "one\ncu\ntwo\n")
    }

    @Test("is its owner's alone")
    func permissions() throws {
        try AppendedFile.add("one".utf8, to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try AppendedFile.add("two".utf8, to: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }

    @Test("is no folder, device or pipe")
    func others() throws {
        #expect(throws: SystemError.self) { try AppendedFile.add("one".utf8, to: folder.path) }
        #expect(throws: SystemError.self) { try AppendedFile.add("one".utf8, to: "/dev/null") }
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: SystemError.self) { try AppendedFile.add("one".utf8, to: path) }
    }
}
