import Text

/// The form that the text of a fact always has, as far as a pattern or a value can be held against it.
struct FactShape: Sendable {
    /// As the second half of a sentence.
    let name: String
    /// A text is of one of these forms.
    private let forms: [[Slot]]

    /// One character of the text.
    private struct Slot: Sendable {
        let takes: @Sendable (UInt8) -> Bool
        var mayBeAbsent = false
        var mayRepeat = false
    }

    /// As `sha256sum` prints it.
    static let sha256 = FactShape(
        name: "64 hexadecimal digits in lower case",
        forms: [Array(repeating: Slot(takes: isHexadecimalDigit), count: 64)]
    )

    /// Up to 64 bits.
    static let hash = FactShape(
        name: "up to 16 hexadecimal digits in lower case, without zeros before them",
        forms: [
            [Slot(takes: { $0 == UInt8(ascii: "0") })],
            [Slot(takes: { $0 != UInt8(ascii: "0") && isHexadecimalDigit($0) })]
                + Array(repeating: Slot(takes: isHexadecimalDigit, mayBeAbsent: true), count: 15),
        ]
    )

    static let version = FactShape(
        name: "numbers with dots between them, such as 3.4.23",
        forms: [
            [
                Slot(takes: \.isASCIIDigit, mayRepeat: true), Slot(takes: isDot),
                Slot(takes: \.isASCIIDigit, mayRepeat: true),
                Slot(takes: isDot, mayBeAbsent: true),
                Slot(takes: \.isASCIIDigit, mayBeAbsent: true, mayRepeat: true),
                Slot(takes: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }, mayBeAbsent: true),
                Slot(takes: isOfSuffix, mayBeAbsent: true, mayRepeat: true),
            ]
        ]
    )

    /// Whether a text of the form can be matched by a pattern.
    func canMatch(pattern: String) -> Bool {
        let elements = GlobElement.elements(of: pattern)
        return forms.contains { Self.canMatch($0, elements) }
    }

    /// Whether a text may be of the form.
    func canBe(_ text: String) -> Bool {
        let elements = text.utf8.map(GlobElement.one)
        return forms.contains { Self.canMatch($0, elements) }
    }

    private struct State: Hashable {
        var slot: Int
        var element: Int
    }

    /// Goes through form and pattern side by side, character by character.
    private static func canMatch(_ slots: [Slot], _ elements: [GlobElement]) -> Bool {
        // What is longer was not written for this.
        guard elements.count <= 200 else { return true }
        var seen: Set<State> = []
        var waiting = [State(slot: 0, element: 0)]
        while let state = waiting.popLast() {
            guard seen.insert(state).inserted else { continue }
            if state.slot == slots.count, state.element == elements.count { return true }
            let slot = state.slot < slots.count ? slots[state.slot] : nil
            let element = state.element < elements.count ? elements[state.element] : nil
            if slot?.mayBeAbsent == true { waiting.append(State(slot: state.slot + 1, element: state.element)) }
            if case .any? = element { waiting.append(State(slot: state.slot, element: state.element + 1)) }
            guard let slot, let element, (0...UInt8.max).contains(where: { slot.takes($0) && element.takes($0) }) else {
                continue
            }
            let next = element.isAny ? state.element : state.element + 1
            waiting.append(State(slot: state.slot + 1, element: next))
            if slot.mayRepeat { waiting.append(State(slot: state.slot, element: next)) }
        }
        return false
    }

    private static func isDot(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") }
    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    private static func isOfSuffix(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || "-+.".utf8.contains(byte)
    }
}
