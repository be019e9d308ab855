import Language
import Text

extension BoundCommand {
    /// What it establishes where it succeeds.
    var establishes: [Need] {
        declaration.establishes + options.flatMap(\.declaration.establishes)
    }

    /// The variable that it sets.
    var setVariable: String? {
        switch declaration.staticEffect {
        case .setsVariable: words(of: SetArguments.name).first?.literal
        case .declaresParameter: words(of: ParamArguments.name).first?.literal
        default: nil
        }
    }

    /// As it stands in the script.
    var text: String {
        String(decoding: source.bytes[span.start..<span.end], as: UTF8.self)
    }

    /// The same as one line that may be shown.
    func line(_ commands: CommandTable) -> String {
        commands.secretLine.masking(text.joiningLines).printable
    }
}
