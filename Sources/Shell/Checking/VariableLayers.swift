/// The variables that are set at one point of a script, on some path at least.
///
/// Where paths part, each writes what it changes into a layer on top of what all of them share. Where they meet, only
/// what was changed is looked at, however many variables there are.
struct VariableLayers: Sendable {
    /// What is known of one variable.
    struct Entry: Sendable {
        var known: Definitions.Known
        /// The parameter whose given value it holds unchanged.
        var origin: String?
    }

    /// The newest last; never empty.
    private var layers: [[String: Entry]] = [[:]]
    /// Whether there may be others, of which nothing is known.
    var mayBeMore = false

    subscript(name: String) -> Entry? {
        get { entry(name, in: layers[...]) }
        set { layers[layers.count - 1][name] = newValue }
    }

    /// What was known of a variable before the newest layer.
    func before(_ name: String) -> Entry? { entry(name, in: layers.dropLast()) }

    private func entry(_ name: String, in layers: ArraySlice<[String: Entry]>) -> Entry? {
        for layer in layers.reversed() {
            if let entry = layer[name] { return entry }
        }
        return mayBeMore ? Entry(known: .unknown) : nil
    }

    /// The names of those that the newest layer changes.
    var changedNames: Dictionary<String, Entry>.Keys { (layers.last ?? [:]).keys }

    /// All names, each once.
    var names: Set<String> { layers.reduce(into: []) { $0.formUnion($1.keys) } }

    /// Begins a layer: what is shared below it is not copied by a change.
    mutating func branch() { layers.append([:]) }

    /// Ends the newest layer, and keeps what it changed. With other owners of the layer below, that is copied.
    mutating func settle() {
        guard layers.count > 1, let changes = layers.popLast() else { return }
        for (name, entry) in changes { self[name] = entry }
    }

    /// Anything may have been done to all but secrets.
    mutating func forget() {
        for name in names where self[name]?.known != .secret { self[name] = Entry(known: .unknown) }
        mayBeMore = true
    }

    /// What is known where two paths meet that have the same layers, up to the newest one.
    func joined(with other: VariableLayers) -> VariableLayers {
        var joined = self
        joined.mayBeMore = mayBeMore || other.mayBeMore
        for name in changedNames { joined[name] = Entry.joined(self[name], other[name]) }
        for name in other.changedNames { joined[name] = Entry.joined(self[name], other[name]) }
        return joined
    }
}

extension VariableLayers.Entry {
    /// - Parameters:
    ///   - mine: `nil` where the variable is not set on that path.
    static func joined(_ mine: VariableLayers.Entry?, _ other: VariableLayers.Entry?) -> VariableLayers.Entry? {
        guard let mine, let other else {
            guard let known = (mine ?? other)?.known else { return nil }
            return VariableLayers.Entry(known: known == .secret ? known : .perhaps(known.texts))
        }
        return VariableLayers.Entry(
            known: mine.known.joined(with: other.known),
            origin: mine.origin == other.origin ? mine.origin : nil
        )
    }
}
