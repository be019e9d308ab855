import Backups
import FoundationEssentials

/// What a script expects of a fact, as the check knows it: it holds from there on, or is known not to.
struct FactCondition: Sendable, Equatable {
    var comparison: Comparison
    var value: FactValue
    /// Whether it is known not to hold, as behind `||`.
    var isRefuted = false
    /// Where it stands.
    var script: String
    var line: Int

    func holds(of value: FactValue) -> Bool { comparison.holds(value, self.value) != isRefuted }

    /// Whether the same values meet both, wherever they stand.
    func isSame(as other: FactCondition) -> Bool {
        comparison == other.comparison && value == other.value && isRefuted == other.isRefuted
    }

    /// The condition that holds where this one does not.
    var refuted: FactCondition {
        var refuted = self
        refuted.isRefuted.toggle()
        return refuted
    }

    /// Whether only one value meets it.
    private var isEquality: Bool { isRefuted ? comparison == .unequal : comparison == .equal }

    /// Whether a fact of a type can have a value that meets all of them.
    static func canHold(_ all: [FactCondition], of type: FactType) -> Bool {
        for expectation in all where expectation.comparison == .like && !expectation.isRefuted {
            if type.shape?.canMatch(pattern: expectation.value.plainText) == false { return false }
        }
        if type.isText {
            guard let wanted = all.first(where: \.isEquality)?.value else { return true }
            return type.shape?.canBe(wanted.plainText) != false && all.allSatisfy { $0.holds(of: wanted) }
        }
        // Between the values that are named, and beyond them, all values meet the same expectations.
        let others = all.filter { $0.comparison != .like }
        let candidates = type.extremes + others.flatMap { $0.value.neighbors }
        return candidates.contains { candidate in
            type.least.map { Comparison.greaterOrEqual.holds(candidate, $0) } != false
                && others.allSatisfy { $0.holds(of: candidate) }
        }
    }
}

extension FactType {
    /// The form of its text, where it has one.
    var shape: FactShape? {
        switch self {
        case .sha256: .sha256
        case .hash: .hash
        case .version: .version
        case .text, .backupName, .revision, .size, .time, .duration, .count, .yesNo: nil
        }
    }

    /// The least and the greatest value, and all where there are two.
    fileprivate var extremes: [FactValue] {
        switch self {
        case .count: [.count(0), .count(.max)]
        case .size: [.size(0), .size(.max)]
        case .revision: [0, Int64.max].compactMap(Revision.init).map(FactValue.revision)
        case .duration: [.duration(0), .duration(.greatestFiniteMagnitude)]
        case .time: [.time(.distantPast), .time(.distantFuture)]
        case .version:
            [
                .version(EtcdVersion(major: 0, minor: 0, patch: 0)),
                .version(EtcdVersion(major: .max, minor: 0, patch: 0)),
            ]
        case .yesNo: [.yesNo(true), .yesNo(false)]
        case .text, .backupName, .sha256, .hash: []
        }
    }
}

extension FactValue {
    /// The value, and those next to it.
    fileprivate var neighbors: [FactValue] {
        func around<Value: FixedWidthInteger>(_ value: Value) -> [Value] {
            [value]
                + [value.subtractingReportingOverflow(1), value.addingReportingOverflow(1)]
                .filter { !$0.overflow }.map(\.partialValue)
        }
        switch self {
        case .count(let count): return around(count).map(FactValue.count)
        case .size(let byteCount): return around(byteCount).map(FactValue.size)
        case .revision(let revision): return around(revision.value).compactMap(Revision.init).map(FactValue.revision)
        case .duration(let seconds): return [seconds - 0.5, seconds, seconds + 0.5].map(FactValue.duration)
        case .time(let date): return [-0.5, 0, 0.5].map { .time(date.addingTimeInterval($0)) }
        case .version(let version):
            let minors = around(version.minor).filter { $0 >= 0 }
            let patches: [Int?] = around(version.patch ?? 0).filter { $0 >= 0 }
            return [self]
                + minors.flatMap { minor in
                    (patches + [nil]).map { .version(EtcdVersion(major: version.major, minor: minor, patch: $0)) }
                }
        case .yesNo, .text: return [self]
        }
    }
}
