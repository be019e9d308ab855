import Backups
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite("Whether expectations can hold together")
struct FactConditionTests {
    private var random = SeededGenerator(seed: 5)

    private mutating func number(_ limit: Int) -> Int { Int.random(in: 0...limit, using: &random) }

    /// A value of few, so that several expectations meet.
    private mutating func value(of type: FactType) -> FactValue? {
        switch type {
        case .count: .count(number(4))
        case .size: .size(Int64(number(4)))
        case .revision: Revision(Int64(number(4))).map(FactValue.revision)
        case .duration: .duration(Double(number(8)) / 2)
        case .time: .time(Date(timeIntervalSince1970: Double(number(8)) / 2))
        case .version:
            .version(EtcdVersion(major: 3, minor: number(2), patch: number(3) == 0 ? nil : number(2)))
        case .yesNo: .yesNo(number(1) == 0)
        case .text, .backupName: .text(["a", "ab", "b", "*"][number(3)])
        case .hash: .text(["a", "ab", "b", "0"][number(3)])
        case .sha256: .text(String(repeating: ["a", "b", "ab"][number(2)], count: 32 * (1 + number(1))))
        }
    }

    private mutating func expectations(of type: FactType) -> [FactCondition] {
        (0...number(2)).compactMap { _ in
            let signs = Comparison.allCases.filter { $0.suits(type) }
            let comparison = signs[number(signs.count - 1)]
            let pattern = ["*", "a*", "?", "[ab]*", "*b", "3.[01].*"][number(5)]
            guard let value = comparison == .like ? .text(pattern) : value(of: type) else { return nil }
            return FactCondition(
                comparison: comparison,
                value: value,
                isRefuted: number(3) == 0,
                script: "t",
                line: 1
            )
        }
    }

    private static let types: [FactType] = [
        .count, .size, .revision, .duration, .time, .version, .yesNo, .text, .backupName, .hash, .sha256,
    ]

    @Test("those that a value meets are never called impossible", arguments: types)
    func sound(type: FactType) {
        var test = self
        for _ in 0..<2000 {
            let expectations = test.expectations(of: type)
            for _ in 0..<10 {
                guard let value = test.value(of: type), type.shape?.canBe(value.plainText) != false,
                    expectations.allSatisfy({ $0.holds(of: value) })
                else { continue }
                #expect(FactCondition.canHold(expectations, of: type), "\(value): \(expectations)")
                break
            }
        }
    }

    @Test("those of numbers that no value meets are called so")
    func complete() {
        var test = self
        for _ in 0..<5000 {
            let expectations = test.expectations(of: .count)
            let canHold = (0...9).contains { number in expectations.allSatisfy { $0.holds(of: .count(number)) } }
            #expect(FactCondition.canHold(expectations, of: .count) == canHold, "\(expectations)")
        }
    }

    @Test("texts are equal only if their bytes are, as the names of files are")
    func bytes() {
        let (composed, decomposed) = (FactValue.text("\u{E9}.db"), FactValue.text("e\u{301}.db"))
        #expect(Comparison.equal.holds(composed, composed) && !Comparison.equal.holds(composed, decomposed))
        #expect(Comparison.unequal.holds(composed, decomposed))
    }
}
