import Blocking
import Language
import Text

/// What a word of the command line was meant to be that is neither a command nor a file.
package enum NearestName {
    /// The nearest command and the nearest file beside it, or how to see what there is.
    package static func hint(for word: String, _ commands: CommandTable) async -> String {
        let parts = PathParts(word)
        let (folder, name) = (parts.lead, parts.name)
        var found: [String] = []
        if folder.isEmpty, let command = Suggestion.nearest(to: name, among: commands.firstWords) {
            found.append("the command '\(command)'")
        }
        let names = try? await BlockingWork.hurrying(.seconds(1)) {
            try await PathText.names(in: folder.isEmpty ? "." : folder, startingWith: "")
        }
        let files = (names ?? []).filter { !$0.isFolder && $0.name.printable == $0.name }.map(\.name)
        // The ending of a script is often left out.
        let file =
            files.first { $0 == "\(name).snapsh" } ?? Suggestion.nearest(to: name, among: files)
        if let file { found.append("the file '\(folder)\(file)'") }
        guard found.isEmpty else { return "did you mean \(found.joined(separator: ", or "))?" }
        return folder.isEmpty
            ? "it is no command, either: 'snapsh help' lists them" : "name a script that is there"
    }
}
