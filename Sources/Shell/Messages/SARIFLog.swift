package import Language
import Text

/// The findings of a check in the form that code review reads: SARIF 2.1.0 (OASIS Standard, 27 March 2020).
package struct SARIFLog: Sendable, Encodable {
    private let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    private let version = "2.1.0"
    private let runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    /// - Parameters:
    ///   - findings: In the order in which they are shown.
    ///   - commands: The commands that there are, whose secrets are hidden.
    ///   - version: The program's.
    ///   - uri: Where a script is, as a relative reference, by the name that findings have for it.
    package init(
        _ findings: [Diagnostic],
        _ commands: CommandTable,
        version: String,
        uri: (String) -> String
    ) {
        var counts: [String: Int] = [:]
        let results = findings.map { finding in
            let result = Result(finding, commands.secretLine, uri: uri(finding.source.name))
            // Two that are the same in all but their place are told apart by their order.
            let count = counts[result.identity, default: 0]
            counts[result.identity] = count + 1
            return result.numbered(count)
        }
        let rules = FindingRule.all.map { Rule($0) }
        runs = [Run(tool: Tool(driver: Driver(version: version, rules: rules)), results: results)]
    }

    // MARK: - The parts that have fields

    private struct Run: Encodable {
        let tool: Tool
        let results: [Result]
        // A column is a Unicode scalar.
        let columnKind = "unicodeCodePoints"
        let originalUriBaseIds = [SARIFLog.base: Base()]
    }

    private struct Base: Encodable {
        let description = Message(text: "The root of the repository, or else the folder that the check ran in.")
    }

    private static let base = "SRCROOT"

    private struct Tool: Encodable {
        let driver: Driver
    }

    private struct Driver: Encodable {
        let name = "snapsh"
        let version: String
        let rules: [Rule]
    }

    private struct Rule: Encodable {
        let id: String
        let shortDescription: Message
        let defaultConfiguration: Configuration

        struct Configuration: Encodable {
            let level: String
        }

        init(_ rule: FindingRule) {
            id = rule.code
            shortDescription = Message(text: rule.summary)
            defaultConfiguration = Configuration(level: rule.isWarning ? "warning" : "error")
        }
    }

    private struct Message: Encodable {
        let text: String
    }

    private struct Result: Encodable {
        let ruleId: String
        let level: String
        let message: Message
        let locations: [Location]
        private(set) var partialFingerprints: [String: String] = [:]
        /// Identifies the finding, also after lines were added above it.
        let identity: String

        private enum CodingKeys: CodingKey {
            case ruleId, level, message, locations, partialFingerprints
        }

        init(_ finding: Diagnostic, _ secretLine: SecretLine, uri: String) {
            ruleId = finding.code
            level = FindingRule.all.first { $0.code == finding.code }?.isWarning == true ? "warning" : "error"
            let hint = finding.hint.map { "\n\($0)" } ?? ""
            message = Message(text: SecretText.masking(finding.message + hint))
            locations = [Location(finding, uri: uri)]
            let line = finding.source.textRange(ofLine: finding.source.line(at: finding.span.start))
            let text = String(decoding: secretLine.hiding(Array(finding.source.bytes[line])), as: UTF8.self).trimmed
            identity = [finding.code, uri, String(text), finding.message].joined(separator: "\n")
        }

        /// The same with its fingerprint.
        func numbered(_ number: Int) -> Result {
            var result = self
            let text = identity + (number > 0 ? "\n\(number)" : "")
            result.partialFingerprints = ["snapsh/v1": SARIFLog.fingerprint(of: text)]
            return result
        }
    }

    private struct Location: Encodable {
        let physicalLocation: Physical

        struct Physical: Encodable {
            let artifactLocation: Artifact
            let region: Region
        }

        struct Artifact: Encodable {
            let uri: String
            let uriBaseId = SARIFLog.base
        }

        struct Region: Encodable {
            let startLine: Int
            let startColumn: Int
            let endLine: Int
            let endColumn: Int
        }

        init(_ finding: Diagnostic, uri: String) {
            let start = finding.source.position(at: finding.span.start)
            let end = finding.source.position(at: max(finding.span.start, finding.span.end))
            physicalLocation = Physical(
                artifactLocation: Artifact(uri: uri),
                region: Region(
                    startLine: start.line,
                    startColumn: start.column,
                    endLine: end.line,
                    endColumn: end.column
                )
            )
        }
    }

    /// FNV-1a of 64 bits (draft-eastlake-fnv).
    private static func fingerprint(of text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension SARIFLog {
    /// A path as a relative reference (RFC 3986), seen from a folder.
    ///
    /// - Parameters: Absolute paths, without links and `..`.
    package static func reference(to path: String, from folder: String) -> String {
        let (file, base) = (path.split(separator: "/"), folder.split(separator: "/"))
        let common = zip(file, base).prefix { $0 == $1 }.count
        let parts = Array(repeating: "..", count: base.count - common) + file[common...].map(encoded)
        // A colon in the first part would make a scheme of what stands before it: it is encoded anyway.
        return parts.joined(separator: "/")
    }

    private static func encoded(_ part: some StringProtocol) -> String {
        part.utf8.map { byte in
            let isPlain =
                byte < 0x80 && (UnicodeScalar(byte).properties.isAlphabetic || "0123456789-._~".utf8.contains(byte))
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
