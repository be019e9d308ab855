import Backups
import Codecs
import Layouts
import Testing

@Suite struct LayoutChoiceTests {
    /// A layout that is as sure of each folder as it is told to be.
    private struct SureLayout: Layout {
        let name: String
        let certainty: LayoutMatch.Certainty
        let summary = "for a test"
        let order = BackupOrder.byTime
        let clusterNaming = ClusterNaming.none
        let landmarks: [String] = []
        let unfinishedFolder: String? = nil

        func match(_ folder: FolderView) -> LayoutMatch? { LayoutMatch(certainty) }
        func reasonAgainst(cluster: String) -> String? { nil }
        func parse(_ name: String) -> ParsedName { .ignored(reason: "it is for a test") }
        func name(of backup: ParsedBackup) -> String? { nil }
    }

    private let folder = FolderView(path: ["backups"], files: ["a.db"])

    @Test func `the surest layout is taken`() throws {
        let choice = try LayoutChoice(of: [
            SureLayout(name: "a", certainty: .likely), SureLayout(name: "b", certainty: .certain),
            PlainLayout(encodings: CodecRegistry.encodings),
        ])
        #expect(try choice.match(folder)?.layout.name == "b")
    }

    @Test func `two that are equally sure are an error that names both, and what decides`() throws {
        let choice = try LayoutChoice(of: [
            SureLayout(name: "a", certainty: .likely), SureLayout(name: "b", certainty: .likely),
            PlainLayout(encodings: CodecRegistry.encodings),
        ])
        let error = #expect(throws: LayoutError.self) { try choice.match(folder) }
        #expect(error?.description == "cannot choose a layout for backups: its names fit a and b")
        #expect(error?.code == "layout.ambiguous")
        #expect(error?.nextStep == "say which it is: \(setting: "layout", "NAME"), with a or b")
        let named = try LayoutChoice(of: choice.layouts, named: "b")
        #expect(try named.match(folder)?.layout.name == "b")
    }

    @Test func `a layout that nobody knows is an error that names all`() {
        let error = #expect(throws: LayoutError.self) {
            try LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings), named: "nomad")
        }
        let known = LayoutRegistry.all(CodecRegistry.encodings).map(\.name).joined(separator: ", ")
        #expect(error?.description == "cannot use the layout 'nomad': the known ones are \(known)")
    }
}
