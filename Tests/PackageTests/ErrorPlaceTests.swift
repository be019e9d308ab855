import Foundation
import Testing

/// Where a newcomer looks for what the shell says.
@Suite("The shell's own errors")
struct ErrorPlaceTests {
    @Test("have their words in Shell/Messages, and nowhere else")
    func place() throws {
        let shell = URL(fileURLWithPath: "\(Manifest.repository)/Sources/Shell")
        let files = FileManager.default.enumerator(at: shell, includingPropertiesForKeys: nil)
        var count = 0
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let errors = text.matches(of: /(?:struct|enum|class|extension) (\w+): [\w, ]*\b(?:UserError|Hinting)\b/)
            count += errors.count
            if file.path.contains("/Shell/Messages/") { continue }
            #expect(errors.isEmpty, "\(file.lastPathComponent) words \(errors.map(\.1)): Shell/Messages does that")
        }
        #expect(count > 10, "the pattern finds no errors any more")
    }
}
