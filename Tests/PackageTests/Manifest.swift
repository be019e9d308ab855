import Foundation
import TestSupport

/// What `Package.swift` says of the targets, read as text: a test can't ask SwiftPM, which runs it.
struct Manifest {
    struct Target {
        var name: String
        /// `target`, `systemLibrary`, `executableTarget` or `testTarget`.
        var kind: String
        var folder: String
        /// Targets of this package, and products of others.
        var dependencies: Set<String>
    }

    let targets: [Target]

    static let repository = URL(fileURLWithPath: Fixture.folder).deletingLastPathComponent().deletingLastPathComponent()
        .path

    static func text(of file: String) throws -> String {
        try String(contentsOfFile: "\(repository)/\(file)", encoding: .utf8)
    }

    init() throws {
        // What comes after is for the fuzzer.
        let text = try Self.text(of: "Package.swift").split(separator: "\nif ", maxSplits: 1)[0]
        let names = text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/)
        let products = Dictionary(uniqueKeysWithValues: names.map { (String($0.1), String($0.2)) })
        targets = text.matches(of: /\.(target|systemLibrary|executableTarget|testTarget)\(/).compactMap { match in
            Target(kind: String(match.1), call: Self.balanced(text[match.range.upperBound...]), products)
        }
    }

    /// The targets of the program.
    var sources: [Target] { targets.filter { $0.folder.hasPrefix("Sources/") } }

    /// All that a target stands on, at whatever distance.
    func closure(of name: String) -> Set<String> {
        var found: Set<String> = []
        var rest = [name]
        while let name = rest.popLast() {
            for next in targets.first(where: { $0.name == name })?.dependencies ?? [] where found.insert(next).inserted
            {
                rest.append(next)
            }
        }
        return found
    }

    /// What stands before the bracket that closes the one before it.
    fileprivate static func balanced(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case "(", "[": depth += 1
            case ")", "]":
                if depth == 0 { return text[..<index] }
                depth -= 1
            default: break
            }
        }
        return text
    }
}

extension Manifest.Target {
    /// - Parameter call: What stands between the brackets of `.target(…)`.
    fileprivate init?(kind: String, call: Substring, _ products: [String: String]) {
        guard let name = call.firstMatch(of: /name: "(\w+)"/)?.1 else { return nil }
        self.name = String(name)
        self.kind = kind
        let path = call.firstMatch(of: /path: "([^"]+)"/).map { String($0.1) }
        folder = path ?? "\(kind == "testTarget" ? "Tests" : "Sources")/\(name)"
        var list = call.firstMatch(of: /dependencies: \[/).map { Manifest.balanced(call[$0.range.upperBound...]) } ?? ""
        var dependencies = Set(list.matches(of: /\.product\(name: "(\w+)", package: "[^"]+"\)/).map { String($0.1) })
        list.replace(/\.product\([^)]*\)/, with: "")
        dependencies.formUnion(list.matches(of: /"(\w+)"/).map { String($0.1) })
        list.replace(/"\w+"/, with: "")
        dependencies.formUnion(list.matches(of: /\w+/).map { products[String($0.0)] ?? String($0.0) })
        self.dependencies = dependencies
    }
}
