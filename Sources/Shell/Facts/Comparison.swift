import Backups
import Text

/// The operator between a fact and a value in `expect`.
enum Comparison: String, Sendable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// The value is a pattern with `*`, `?` and `[…]`.
    case like = "~"

    /// Whether values of a type can be compared so.
    func suits(_ type: FactType) -> Bool {
        switch (self, type) {
        case (.equal, _), (.unequal, _): true
        case (.like, let type): type.isText || type == .version
        case (_, let type): !type.isText && type != .yesNo
        }
    }

    /// The type that the value on the right has.
    func valueType(for type: FactType) -> FactType {
        self == .like ? .text : type
    }

    func holds(_ left: FactValue, _ right: FactValue) -> Bool {
        switch self {
        case .equal: Self.order(left, right) == 0
        case .unequal: Self.order(left, right) != 0
        case .less: Self.order(left, right) < 0
        case .lessOrEqual: Self.order(left, right) <= 0
        case .greater: Self.order(left, right) > 0
        case .greaterOrEqual: Self.order(left, right) >= 0
        case .like: Glob.matches(left.plainText, pattern: right.plainText)
        }
    }

    /// Negative, 0 or positive if `left` is less than, equal to or greater than `right`.
    private static func order(_ left: FactValue, _ right: FactValue) -> Int {
        func compare<Value: Comparable>(_ a: Value, _ b: Value) -> Int { a < b ? -1 : a == b ? 0 : 1 }
        return switch (left, right) {
        // 3.1 means any of its patch versions.
        case (.version(let a), .version(let b)): b.covers(a) ? 0 : compare(a, b)
        case (.revision(let a), .revision(let b)): compare(a, b)
        case (.size(let a), .size(let b)): compare(a, b)
        case (.time(let a), .time(let b)): compare(a, b)
        case (.duration(let a), .duration(let b)): compare(a, b)
        case (.count(let a), .count(let b)): compare(a, b)
        default: order(left.plainText, right.plainText)
        }
    }

    /// A text may be the name of a file: all its bytes count.
    private static func order(_ left: String, _ right: String) -> Int {
        left.hasSameBytes(as: right) ? 0 : left.precedesInBytes(right) ? -1 : 1
    }
}
