import Testing

@testable import Shell

@Suite("A table")
struct TextTableTests {
    @Test("has its cells in columns, and no spaces at the end of a line")
    func columns() throws {
        var table = TextTable(header: ["N", "NAME", "NOTE"], rightAligned: [0])
        table.append(["1", "é", ""])
        table.append(["", "longer", "new"])
        table.append(["100", "", ""])
        table.append(["", "", ""])
        #expect(try table.text() == "  N  NAME    NOTE\n  1  é\n     longer  new\n100\n")
    }
}
