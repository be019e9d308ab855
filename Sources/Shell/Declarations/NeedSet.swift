/// Several conditions that commands need or establish. As a number: the check joins and compares them at each command.
struct NeedSet: OptionSet, Sendable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ need: Need) { rawValue = 1 << need.rawValue }

    init(_ needs: some Sequence<Need>) { self = needs.reduce(into: []) { $0.formUnion(NeedSet($1)) } }

    func contains(_ need: Need) -> Bool { isSuperset(of: NeedSet(need)) }
}
