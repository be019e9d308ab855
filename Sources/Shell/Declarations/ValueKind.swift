import Backups
import Language
import Restore
import Snapshot
import Text

/// What an argument or an option's value is: how it is checked before anything runs, and how it is completed.
enum ValueKind: Sendable {
    case text
    case cluster
    /// A Kubernetes namespace, which names a folder as a cluster does.
    case namespace
    case version
    /// `max`, `min`, a revision or a backup's name.
    case choice
    case glob
    case time
    /// A whole number from 1 on.
    case count
    /// What a program ends with, 0 to 255.
    case exitCode
    /// `15` or `0xf`.
    case revision
    /// A file that a command makes.
    case newFile
    case folder
    /// `NAME=URL,NAME=URL`, the members of a new cluster.
    case initialCluster
    /// A folder that a command makes.
    case newFolder
    /// A file that is read.
    case file
    /// `BUCKET`, or `BUCKET/PREFIX`.
    case bucket
    /// The URL of a backup service.
    case url
    /// The URL of a server that speaks S3.
    case endpoint
    /// `HOST:PORT`, or `:PORT`.
    case listenAddress
    /// Text that is shown nowhere.
    case secret
    case script
    case variableName
    case fact
    case comparison
    case topic
    /// The rest of the line, for the system's shell.
    case shellCommand

    /// Why a text is no such value, or `nil` where it is one.
    func mistake(in text: String) -> UsageError? {
        switch self {
        case .newFile where text == "~", .newFolder where text == "~", .folder where text == "~",
            .file where text == "~",
            .script where text == "~":
            return UsageError("'~' alone is not a place", hint: "write ~/ for the home directory")
        case .text, .secret, .shellCommand, .fact, .comparison, .topic:
            return nil
        case .glob, .script, .folder, .file:
            return text.isEmpty ? UsageError("an empty name can't be used here") : nil
        case .newFile, .newFolder:
            if text.isEmpty { return UsageError("an empty name can't be used here") }
            return text.printable == text ? nil : UsageError("a path can't hold control characters")
        case .cluster, .namespace:
            let isName = !text.isEmpty && !text.contains("/") && !text.hasPrefix(".") && text.printable == text
            if isName { return nil }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            return UsageError(
                "'\(text.printable)' can't be a \(self == .cluster ? "cluster" : "namespace")'s name",
                hint: self == .cluster && parts.count == 2
                    ? "write: cluster \(parts[1].description.printable) --namespace \(parts[0].description.printable)"
                    : nil
            )
        case .bucket:
            return mistakeInBucket(text)
        case .url:
            return mistakeInURL(
                text,
                placeForSecrets: "send it in a header: --header \"Authorization: Bearer $token\" ('help param')"
            )
        case .endpoint:
            return mistakeInURL(
                text,
                placeForSecrets:
                    "give the keys in the environment (AWS_ACCESS_KEY_ID …), in ~/.aws, or with --profile NAME"
            )
        case .listenAddress:
            let port = text.lastIndex(of: ":").flatMap { UInt16(text[text.index(after: $0)...]) }
            if port != nil { return nil }
            return UsageError("'\(text.printable)' is not an address with a port", hint: "write it as 127.0.0.1:19999")
        case .version:
            if EtcdVersion(text) != nil { return nil }
            return UsageError("'\(text.printable)' is not a version", hint: "write it as 3.1 or 3.1.0")
        case .choice:
            return mistakeInChoice(text)
        case .time:
            if TimeText.date(of: text) != nil { return nil }
            return UsageError(
                "'\(text.printable)' is not a time",
                hint: "write 2016-11-23 or 2016-11-23T01:02:03Z (UTC)"
            )
        case .count:
            if let count = Int(text), count > 0 { return nil }
            return UsageError("'\(text.printable)' is not a whole number from 1 on")
        case .exitCode:
            if UInt8(text) != nil { return nil }
            return UsageError("'\(text.printable)' is not an exit code", hint: "write a whole number from 0 to 255")
        case .revision:
            if Revision(text) != nil { return nil }
            return UsageError(
                "'\(text.printable)' is not a revision",
                hint: "write it in decimal (15) or in hexadecimal (0xf)"
            )
        case .initialCluster:
            do throws(InitialClusterError) {
                // The token makes no difference to what is right.
                _ = try InitialCluster(text, token: "")
                return nil
            } catch {
                return UsageError(
                    "\(error)".printable,
                    hint: "write: --initial-cluster m1=http://10.0.0.1:2380,m2=http://10.0.0.2:2380"
                )
            }
        case .variableName:
            return mistakeInVariableName(text)
        }
    }

    private func mistakeInChoice(_ text: String) -> UsageError? {
        if text.isEmpty { return UsageError("an empty name can't be picked") }
        if let meant = Suggestion.nearest(to: text, among: ["max", "min"]), meant != text {
            return UsageError(
                "'\(text.printable)' is no revision, and no backup is called so",
                hint: "did you mean '\(meant)'?"
            )
        }
        let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
        let looksLikeRevision = digits.utf8.allSatisfy { $0.isHexadecimalDigit }
        guard looksLikeRevision, Revision(text) == nil else { return nil }
        return UsageError(
            "'\(text.printable)' is not a revision",
            hint: "write it in decimal (15), in hexadecimal (0xf), or as the 16 digits that stand in a name"
        )
    }

    private func mistakeInURL(_ text: String, placeForSecrets: String) -> UsageError? {
        if SecretText.masking(text) != text {
            return UsageError(
                "a URL can't hold a password or a signature here: '\(SecretText.masking(text).printable)'",
                hint: placeForSecrets
            )
        }
        if text.hasPrefix("http://") || text.hasPrefix("https://") { return nil }
        let host = text.contains("://") || text.isEmpty ? "host:9000" : text.printable
        return UsageError("'\(text.printable)' is not a URL", hint: "write it as https://\(host), or with http://")
    }

    private func mistakeInBucket(_ text: String) -> UsageError? {
        if text.hasPrefix("s3://") {
            return UsageError(
                "a bucket is named without s3://",
                hint: "write: use s3 \(text.dropFirst(5).description.printable)"
            )
        }
        let bucket = text.prefix { $0 != "/" }
        let isName =
            !bucket.isEmpty
            && bucket.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._".utf8.contains(byte)
            }
        return isName ? nil : UsageError("'\(text.printable)' can't be a bucket's name")
    }

    private func mistakeInVariableName(_ text: String) -> UsageError? {
        let isName =
            text.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
            && text.utf8.allSatisfy {
                $0 == UInt8(ascii: "_") || $0 < 0x80 && UnicodeScalar($0).properties.isAlphabetic
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
        if isName { return nil }
        if let equals = text.firstIndex(of: "=") {
            let (name, value) = (text[..<equals], text[text.index(after: equals)...])
            let shown = SecretName.isSecret(name.utf8) ? "VALUE" : value
            return UsageError("'=' needs a space on both sides", hint: "write: \(name) = \(shown)")
        }
        return UsageError("'\(text.printable)' can't be a variable's name", hint: "use letters, digits and '_'")
    }
}
