import Foundation
import TestSupport
import Testing

/// What is in the program is carried to machines in distress: it is small, and needs nothing that they may lack.
@Suite("The program's content")
struct ProgramContentTests {
    @Test(
        "has nothing of what makes a program large: all of Foundation, its ICU, an XML library",
        arguments: [
            "libFoundation.so", "FoundationInternationalization", "FoundationXML", "FoundationNetworking", "libxml2",
        ]
    )
    func absent(name: String) throws {
        let program = try Data(contentsOf: URL(fileURLWithPath: Program.path), options: .alwaysMapped)
        try #require(program.range(of: Data("FoundationEssentials".utf8)) != nil)
        #expect(program.range(of: Data(name.utf8)) == nil)
    }

    @Test("has the libraries in it that are not on every machine")
    func carried() throws {
        let (exitCode, output) = try SystemTool.run(["readelf", "--dynamic", "--wide", Program.path])
        try #require(exitCode == 0)
        let libraries = output.matches(of: /\(NEEDED\).*\[([^\]]+)\]/).map { String($0.1) }
        try #require(libraries.contains("libc.so.6"))
        for library in ["libedit", "libexpat", "libtinfo", "libbsd", "libmd", "libxml2"] {
            #expect(!libraries.contains { $0.hasPrefix(library + ".") }, "\(library)")
        }
    }
}
