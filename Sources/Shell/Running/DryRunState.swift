import Text

/// What a dry run does not know, because only what it leaves out would show it.
struct DryRunState: Sendable {
    /// What would have to happen first.
    enum Cause: String, Sendable {
        case download = "the download"
        case newBackup = "the new backup"
        case restore = "the restore"
        case decryption = "the decryption"

        /// `not known before the download`.
        var sentence: String { "not known before \(rawValue)" }
    }

    private var needs: [Need: Cause] = [:]
    private var variables: [String: Cause] = [:]
    /// Files and folders that would be made.
    private var paths: [[ByteText]: Cause] = [:]

    /// Why a variable has no value; `nil` where it has one.
    func cause(ofVariable name: String) -> Cause? { variables[name] }

    /// Why something was not established, although a command that does it came before.
    func cause(of need: Need) -> Cause? { needs[need] }

    /// Why what will lie under a path is not known; `nil` where what lies there now is what is meant.
    func cause(ofPath path: String) -> Cause? {
        let parts = Self.parts(of: path)
        return parts.indices.lazy.compactMap { paths[Array(parts[...$0])] }.first
    }

    mutating func leaveOpen(_ needs: some Sequence<Need>, before cause: Cause) {
        for need in needs { self.needs[need] = cause }
    }

    mutating func leaveOpen(variable name: String, before cause: Cause) {
        variables[name] = cause
    }

    mutating func leaveOpen(path: String, before cause: Cause) {
        paths[Self.parts(of: path)] = cause
    }

    /// Takes note of what a command has done as always.
    mutating func close(_ needs: some Sequence<Need>, variable: String? = nil) {
        for need in needs { self.needs[need] = nil }
        if let variable { variables[variable] = nil }
    }

    /// The names on the way to a path, from the working folder or from the root; links are not followed.
    private static func parts(of path: String) -> [ByteText] {
        ((path.hasPrefix("/") ? ["/"] : []) + PathParts.names(in: path).filter { $0 != "." }).map { ByteText($0) }
    }
}
