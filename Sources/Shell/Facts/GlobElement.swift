/// A piece of a pattern with `*`, `?` and `[…]`, as fnmatch(3) reads it.
enum GlobElement: Sendable {
    /// `*`
    case any
    case one(UInt8)
    /// `?`, or one of a set.
    case oneOf(Set<UInt8>)

    var isAny: Bool { if case .any = self { true } else { false } }

    func takes(_ byte: UInt8) -> Bool {
        switch self {
        case .any: true
        case .one(let other): byte == other
        case .oneOf(let set): set.contains(byte)
        }
    }

    static func elements(of pattern: String) -> [GlobElement] {
        var elements: [GlobElement] = []
        var rest = Array(pattern.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): elements.append(.any)
            case UInt8(ascii: "?"): elements.append(.oneOf(Set(0...UInt8.max)))
            case UInt8(ascii: "\\"): elements.append(.one(rest.popFirst() ?? byte))
            case UInt8(ascii: "["):
                guard let set = takeSet(&rest) else {
                    elements.append(.one(byte))
                    continue
                }
                elements.append(.oneOf(set))
            default: elements.append(.one(byte))
            }
        }
        return elements
    }

    /// What stands in brackets; `nil` where they are not closed. A class such as `[:digit:]` takes any character here.
    private static func takeSet(_ rest: inout ArraySlice<UInt8>) -> Set<UInt8>? {
        var bytes = rest
        let isInverted = bytes.first == UInt8(ascii: "!") || bytes.first == UInt8(ascii: "^")
        if isInverted { bytes.removeFirst() }
        var set: Set<UInt8> = []
        var isFirst = true
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "]"), !isFirst {
                rest = bytes
                return isInverted ? Set(0...UInt8.max).subtracting(set) : set
            }
            isFirst = false
            if byte == UInt8(ascii: "["), bytes.first == UInt8(ascii: ":") { set.formUnion(0...UInt8.max) }
            let low = byte == UInt8(ascii: "\\") ? bytes.popFirst() ?? byte : byte
            if bytes.first == UInt8(ascii: "-"), let high = bytes.dropFirst().first, high != UInt8(ascii: "]") {
                bytes.removeFirst(2)
                if low <= high { set.formUnion(low...high) }
            } else {
                set.insert(low)
            }
        }
        return nil
    }
}
