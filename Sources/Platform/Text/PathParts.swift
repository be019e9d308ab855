/// A path in its two parts, by its text alone: no file system is asked.
///
/// It is cut at each byte that is a `/`, as the kernel does. Swift takes a `/` and a combining mark behind it for one
/// character, which no search for `/` among characters finds.
package struct PathParts: Sendable, Equatable {
    /// All up to the last `/`, that included; empty where the path is a name only.
    package let lead: String
    /// What follows the last `/`.
    package let name: String

    package init(_ path: String) {
        let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
        lead = String(path[..<start])
        name = String(path[start...])
    }

    /// The folder that the name is in, without a `/` at its end: `.` of a name only, `/` of a name at the root.
    package var folder: String {
        switch lead {
        case "": "."
        case "/": "/"
        default: String(Substring(lead.utf8.dropLast()))
        }
    }

    /// Another path seen from the same folder, written as this one is.
    package func sibling(_ path: String) -> String { lead + path }

    /// The names in a path, from the first folder to the last name.
    package static func names(in path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }
}

extension StringProtocol {
    /// Whether it is more than the name of one file or folder.
    package var hasSlash: Bool { utf8.contains(UInt8(ascii: "/")) }
}
