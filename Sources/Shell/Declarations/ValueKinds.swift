import Backups
import FoundationEssentials
import Language
import Restore
import Text

// All kinds of values that commands take, and how each is parsed.

extension ValueKind where Value == String {
    static var text: ValueKind { ValueKind("a text") { text throws(UsageError) in text } }

    /// A cluster of the source in use: its name, also as `NAMESPACE/NAME`, or `.` for the only one.
    static var cluster: ValueKind { cluster(completion: .cluster) }

    /// A cluster of a place that is named beside it, which nobody has asked yet.
    static var clusterOfPlace: ValueKind { cluster(completion: .clusterOfPlace) }

    private static func cluster(completion: ValueCompletion) -> ValueKind {
        ValueKind("a cluster's name", completion: completion) { text throws(UsageError) in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            if text == onlyCluster || parts.count <= 2 && parts.allSatisfy(ClusterName.canBePart) { return text }
            throw UsageError(
                "'\(text.printable)' can't be a cluster's name",
                hint: "write it as NAME, or NAMESPACE/NAME"
            )
        }
    }

    /// A Kubernetes namespace, which names a folder as a cluster does.
    static var namespace: ValueKind { ValueKind(.namespace) { $0.text([]) } }

    static var glob: ValueKind {
        ValueKind("a text", completion: .backupName) { text throws(UsageError) in
            if text.isEmpty { throw .emptyName }
            return text
        }
    }

    /// An existing file to read.
    static var file: ValueKind { ValueKind(.file) { $0.text([]) } }

    /// An existing folder to read.
    static var folder: ValueKind { ValueKind(.folder) { $0.text([]) } }

    static var script: ValueKind { .file }

    /// A file that a command creates.
    static var newFile: ValueKind { newPath(.file) }

    /// A folder that a command creates.
    static var newFolder: ValueKind { newPath(.folder) }

    private static func newPath(_ completion: ValueCompletion) -> ValueKind {
        let path = ValueKind.file
        return ValueKind(path.name, completion: completion) { text throws(UsageError) in
            let text = try path.parse(text)
            if text.printable != text { throw UsageError("a path can't hold control characters") }
            return text
        }
    }

    /// A key of etcd.
    static var key: ValueKind {
        ValueKind("a key") { text throws(UsageError) in
            if text.isEmpty { throw UsageError("a key can't be empty") }
            return text
        }
    }

    /// A node of a cluster, by the name that its backups have.
    static var node: ValueKind { named("a node's name", .node) }

    /// What made a backup: `scheduled`, or `full` for any.
    static var backupKind: ValueKind { named("a kind of backup", .backupKind) }

    private static func named(_ name: String, _ completion: ValueCompletion) -> ValueKind {
        ValueKind(name, completion: completion) { text throws(UsageError) in
            if text.isEmpty { throw .emptyName }
            return text
        }
    }

    static var topic: ValueKind { ValueKind("a text", completion: .topic) { text throws(UsageError) in text } }

    /// The rest of the line, for the system's shell.
    static var shellCommand: ValueKind { .text }

    static var variableName: ValueKind {
        ValueKind("a variable's name") { text throws(UsageError) in
            if Assignment.canBeName(text) { return text }
            // The check knows the command, and says how the line is written.
            if Assignment(text) != nil { throw UsageError("'=' needs a space on both sides") }
            throw UsageError("'\(text.printable)' can't be a variable's name", hint: "use letters, digits and '_'")
        }
    }
}

extension ValueKind where Value == EtcdVersion {
    static var version: ValueKind {
        ValueKind("a version", completion: .version, factTypes: [.version]) { text throws(UsageError) in
            if let version = EtcdVersion(text) { return version }
            throw UsageError("'\(text.printable)' is not a version", hint: "write it as 3.1 or 3.1.0")
        }
    }
}

extension ValueKind where Value == TargetVersion {
    /// A version, or `any`.
    static var target: ValueKind {
        let version = ValueKind<EtcdVersion>.version
        return ValueKind(version.name, completion: version.completion, factTypes: version.factTypes) {
            text throws(UsageError) in
            ["any", "none"].contains(text) ? .any : .version(try version.parse(text))
        }
    }
}

extension Selection.Choice {
    /// What other tools call `max`.
    static let wordsForNewest = ["latest", "newest", "last"]
    /// What other tools call `min`.
    static let wordsForOldest = ["oldest", "first"]
}

extension ValueKind where Value == Selection.Choice {
    /// `max`, `min`, a revision or a backup's name; the first two also in the words of other tools.
    static var choice: ValueKind {
        ValueKind(
            "max, min, a revision or a backup's name",
            completion: .choice,
            factTypes: [.revision, .backupName]
        ) { text throws(UsageError) in
            switch text {
            case "": throw UsageError("an empty name can't be picked")
            case "max": return .newest
            case "min": return .oldest
            case _ where Selection.Choice.wordsForNewest.contains(text): return .newest
            case _ where Selection.Choice.wordsForOldest.contains(text): return .oldest
            default: break
            }
            if let revision = Revision(text) { return .revision(revision) }
            if ["previous", "prev", "before", "older", "second"].contains(text) {
                throw UsageError(
                    "'\(text)' is no revision, and no backup is called so",
                    hint: "for the one before the pick, write: pick max --before ${pick.modified}"
                )
            }
            let words = ["max", "min"] + Selection.Choice.wordsForNewest + Selection.Choice.wordsForOldest
            if let meant = Suggestion.nearest(to: text, among: words) {
                throw UsageError(
                    "'\(text.printable)' is no revision, and no backup is called so",
                    hint: "did you mean '\(meant)'?"
                )
            }
            let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
            guard digits.utf8.allSatisfy(\.isHexadecimalDigit) else { return .name(text) }
            throw UsageError(
                "'\(text.printable)' is not a revision",
                hint: "write it in decimal (15), in hexadecimal (0xf), or as the 16 digits that stand in a name"
            )
        }
    }
}

extension ValueKind where Value == BackupOrder {
    /// What the newest backup goes by.
    static var order: ValueKind {
        ValueKind("'revision' or 'time'", completion: .oneOf(["revision", "time"])) { text throws(UsageError) in
            switch text {
            case "revision": return .byRevision
            case "time": return .byTime
            default: throw UsageError("'\(text.printable)' is no order", hint: "write revision or time")
            }
        }
    }
}

extension ValueKind where Value == String {
    /// 64 hexadecimal digits, as `sha256sum` prints them.
    static var sha256: ValueKind {
        ValueKind("a SHA-256", factTypes: [.sha256]) { text throws(UsageError) in
            if text.utf8.count == 64, text.utf8.allSatisfy(\.isHexadecimalDigit) { return text.lowercased() }
            throw UsageError("'\(text.printable)' is not a SHA-256", hint: "it has 64 hexadecimal digits")
        }
    }
}

extension ValueKind where Value == Revision {
    /// `15` or `0xf`.
    static var revision: ValueKind {
        ValueKind("a revision", factTypes: [.revision]) { text throws(UsageError) in
            if let revision = Revision(text) { return revision }
            throw UsageError(
                "'\(text.printable)' is not a revision",
                hint: "write it in decimal (15) or in hexadecimal (0xf)"
            )
        }
    }
}

extension ValueKind where Value == Date {
    static var time: ValueKind {
        ValueKind("a time", factTypes: [.time]) { text throws(UsageError) in
            if let date = TimeText.date(of: text) { return date }
            throw UsageError(
                "'\(text.printable)' is not a time",
                hint: "write 2016-11-23 or 2016-11-23T01:02:03Z (UTC)"
            )
        }
    }
}

extension ValueKind where Value == Int {
    /// A whole number from 1 on.
    static var count: ValueKind {
        ValueKind("a whole number from 1 on", factTypes: [.count]) { text throws(UsageError) in
            // More than a million millions is as good as all.
            if let count = Int(text), count > 0 { return min(count, 1_000_000_000_000) }
            throw UsageError("'\(text.printable)' is not a whole number from 1 on")
        }
    }
}

extension ValueKind where Value == UInt8 {
    /// An exit code, 0 to 255.
    static var exitCode: ValueKind {
        ValueKind("an exit code from 0 to 255", factTypes: [.count]) { text throws(UsageError) in
            if let code = UInt8(text) { return code }
            throw UsageError("'\(text.printable)' is not an exit code", hint: "write a whole number from 0 to 255")
        }
    }
}

extension ValueKind where Value == InitialCluster.Listing {
    /// `NAME=URL,NAME=URL`, the members of a new cluster.
    static var initialCluster: ValueKind {
        ValueKind("a list of members") { text throws(UsageError) in
            do throws(InitialClusterError) {
                return try InitialCluster.Listing(text)
            } catch {
                throw UsageError(
                    "\(error)".printable,
                    hint: "write: --initial-cluster m1=http://10.0.0.1:2380,m2=http://10.0.0.2:2380"
                )
            }
        }
    }
}

extension ValueKind where Value == FactQuery {
    /// A fact; the words of one of a thing are read with it, not as a part of its text.
    static var fact: ValueKind {
        ValueKind("a fact", completion: .fact) { text throws(UsageError) in
            if let fact = Fact.byName[text] { return try FactQuery(fact) }
            throw UsageError(
                "unknown fact '\(text.printable)'",
                hint: text.contains("(")
                    ? "a fact of a thing is written as file(PATH).verified ('help facts' lists all)"
                    : text.hasSuffix(".db") || text.contains("/")
                        ? "of a file: expect file(\(Word.quoted(text, isOfThing: true))).verified"
                        : text.contains { "=<>~!".contains($0) }
                            ? "put spaces around a comparison: FACT == VALUE" : Fact.hint(for: text)
            )
        }
    }
}

extension ValueKind where Value == HostAndPort {
    /// `HOST:PORT`, or `:PORT`; port 0 is any that is free.
    static var listenAddress: ValueKind {
        ValueKind("an address with a port") { text throws(UsageError) in
            if let address = HostAndPort(text), address.port != nil { return address }
            throw UsageError(
                "'\(text.printable)' is not an address with a port",
                hint: "write it as 127.0.0.1:\(UInt16(text) ?? 19999)"
            )
        }
    }

    /// `HOST:PORT`, where something may listen.
    static var hostAndPort: ValueKind {
        ValueKind("a host with a port") { text throws(UsageError) in
            if let address = HostAndPort(text), !address.host.isEmpty, let port = address.port, port > 0 {
                return address
            }
            throw UsageError("'\(text.printable)' is not a host with a port", hint: "write it as 10.0.0.1:2379")
        }
    }
}

extension ValueKind where Value == Comparison {
    static var comparison: ValueKind {
        ValueKind("a text", completion: .comparison) { text throws(UsageError) in
            if let comparison = Comparison(rawValue: text) { return comparison }
            let isJoined = Comparison.allCases.contains {
                text.count > $0.rawValue.count && text.hasPrefix($0.rawValue)
            }
            let signs = Comparison.allCases.map(\.rawValue).joined(separator: " ")
            throw UsageError(
                "this is not a comparison",
                hint: text == "="
                    ? "write '==' to compare"
                    : isJoined ? "put spaces around a comparison" : "the comparisons are \(signs)"
            )
        }
    }
}

extension UsageError {
    fileprivate static var emptyName: UsageError { UsageError("an empty name can't be used here") }
}
