/// An XML document that is written element by element; every text is escaped here.
struct XMLDocument: Sendable {
    private(set) var text = #"<?xml version="1.0" encoding="UTF-8"?>"#

    /// - Parameters:
    ///   - root: The name of the outermost element.
    ///   - namespace: The default namespace, where it has one.
    init(_ root: String, namespace: String? = nil, _ content: (inout XMLDocument) -> Void) {
        text += "<\(root)" + (namespace.map { " xmlns=\"\($0)\"" } ?? "") + ">"
        content(&self)
        text += "</\(root)>"
    }

    mutating func add(_ name: String, _ value: String) {
        text += "<\(name)>\(Self.escaped(value))</\(name)>"
    }

    mutating func add(_ name: String, _ content: (inout XMLDocument) -> Void) {
        text += "<\(name)>"
        content(&self)
        text += "</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\r": escaped += "&#13;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
