package import Language
import Text

extension Output {
    /// Shows what a script says of itself, and the parameters that it takes.
    ///
    /// - Parameter word: What runs it on the command line: `recover.snapsh`.
    package func showHelp(of source: SourceFile, runBy word: String, _ parameters: [ScriptParameter]) throws {
        let header = source.headerComment.map(\.printable)
        var sections: [String] = header.isEmpty ? [] : [header.joined(separator: "\n")]
        if !parameters.isEmpty {
            var table = TextTable(header: ["PARAMETER", "DEFAULT", "MEANING"])
            for parameter in parameters {
                table.append([parameter.name, parameter.shownDefault, parameter.purpose?.printable ?? ""])
            }
            sections.append(try table.text())
        }
        sections.append("Usage: " + usage(word, parameters))
        listing(
            sections.joined(separator: "\n\n"),
            json: [ScriptRecord(name: source.name.printable, text: header.joined(separator: "\n"))]
                + parameters.map(ParameterRecord.init)
        )
    }

    private func usage(_ word: String, _ parameters: [ScriptParameter]) -> String {
        (["snapsh", word] + parameters.map(\.usage)).joined(separator: " ")
    }

    private struct ScriptRecord: Encodable {
        let kind = "script"
        let name: String
        /// The comment at its beginning.
        let text: String
    }

    private struct ParameterRecord: Encodable {
        let kind = "parameter"
        let name: String
        let purpose: String?
        /// As it is written in the script; `***` where it is secret.
        let `default`: String?
        let isRequired: Bool
        let isSecret: Bool

        init(_ parameter: ScriptParameter) {
            name = parameter.name
            purpose = parameter.purpose
            `default` = parameter.maskedDefault
            isRequired = parameter.defaultText == nil
            isSecret = parameter.isSecret
        }
    }
}

extension ScriptParameter {
    /// How a value is given on the command line: `NAME=VALUE`, in brackets where it may be left out.
    package var usage: String {
        let word = name + (isSecret ? "=@FILE" : "=VALUE")
        return defaultText == nil ? word : "[\(word)]"
    }

    fileprivate var shownDefault: String {
        if let maskedDefault { return maskedDefault.printable }
        return isSecret ? "(secret, required)" : "(required)"
    }

    fileprivate var maskedDefault: String? {
        isSecret || SecretName.isSecret(name.utf8) ? defaultText.map { _ in SecretText.mask } : defaultText
    }
}
