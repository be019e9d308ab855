/// What is defined at one point of a script, as far as the check knows: what holds on every path that leads there, and
/// what holds only on some of them.
struct Definitions: Sendable {
    /// Each variable that is set on some path.
    var variables: [String: Known] = [:]
    /// What was achieved on every path.
    private(set) var achieved: Set<Need> = []
    /// What was achieved on some path; includes all of `achieved`.
    private(set) var possible: Set<Need> = []
    /// Whether a cluster was chosen on every path, and on some path. A source that needs no cluster counts as one
    /// only while it is in use.
    private var (isClusterChosen, mayClusterBeChosen) = (false, false)
    /// The parameters whose given values variables hold unchanged.
    var origins: [String: String] = [:]
    /// What holds of facts on every path, as far as nothing has changed them since.
    private(set) var expectations: [String: [FactCondition]] = [:]
    /// Whether any path leads here: none does after `exit`.
    var isReachable = true

    init(variables: [String: Known] = [:]) {
        self.variables = variables
    }

    /// Where no path leads.
    static let unreachable: Definitions = {
        var definitions = Definitions()
        definitions.isReachable = false
        return definitions
    }()

    mutating func achieve(_ needs: some Sequence<Need>) {
        achieved.formUnion(needs)
        possible.formUnion(needs)
        if needs.contains(.cluster) { (isClusterChosen, mayClusterBeChosen) = (true, true) }
    }

    /// Records that another source is in use.
    mutating func useSource(needsCluster: Bool) {
        guard needsCluster else {
            achieved.insert(.cluster)
            possible.insert(.cluster)
            return
        }
        if !isClusterChosen { achieved.remove(.cluster) }
        if !mayClusterBeChosen { possible.remove(.cluster) }
    }

    mutating func drop(_ needs: some Sequence<Need>) {
        achieved.subtract(needs)
        possible.subtract(needs)
    }

    /// Takes what is known of a fact from here on.
    mutating func expect(_ expectation: FactCondition, of fact: String) {
        expectations[fact, default: []].append(expectation)
    }

    /// What was known of facts may have changed.
    mutating func forgetExpectations() { expectations = [:] }

    /// What holds where two paths meet.
    func joined(with other: Definitions) -> Definitions {
        guard other.isReachable else { return self }
        guard isReachable else { return other }
        var joined = self
        joined.achieved.formIntersection(other.achieved)
        joined.possible.formUnion(other.possible)
        joined.isClusterChosen = isClusterChosen && other.isClusterChosen
        joined.mayClusterBeChosen = mayClusterBeChosen || other.mayClusterBeChosen
        joined.variables.merge(other.variables) { $0.joined(with: $1) }
        for (name, known) in joined.variables
        where known != .secret && (variables[name] == nil || other.variables[name] == nil) {
            joined.variables[name] = .perhaps(known.texts)
        }
        joined.origins = origins.filter { other.origins[$0] == $1 }
        joined.expectations = expectations.reduce(into: [:]) { common, mine in
            common[mine.key] = mine.value.filter { other.expectations[mine.key]?.contains($0) == true }
        }
        return joined
    }
}

extension Definitions {
    /// What is known of a variable's value.
    enum Known: Sendable, Equatable {
        case value(String)
        /// One of these, as the path decides.
        case oneOf([String])
        /// A fact of that type, known only at run time.
        case fact(FactType)
        /// It has a value that is known only at run time.
        case unknown
        /// It has a secret value: only a secret option takes it.
        case secret
        /// It is set on some path only, to one of these where they are known.
        case perhaps([String]?)

        /// More values are not told apart.
        private static let maxTextCount = 16

        /// - Parameter texts: All that it can be; `nil` where any text is possible.
        init(_ texts: [String]?) {
            let texts = texts.map { Set($0).sorted() }
            self =
                switch texts?.count {
                case 1?: .value(texts?.first ?? "")
                case let count? where (2...Self.maxTextCount).contains(count): .oneOf(texts ?? [])
                default: .unknown
                }
        }

        /// All that it can be where it is set; `nil` where any text is possible.
        var texts: [String]? {
            switch self {
            case .value(let text): [text]
            case .oneOf(let texts): texts
            case .perhaps(let texts): texts
            case .fact, .unknown, .secret: nil
            }
        }

        var isCertain: Bool { if case .perhaps = self { false } else { true } }

        func joined(with other: Known) -> Known {
            if self == other { return self }
            if self == .secret || other == .secret { return .secret }
            let known = texts.flatMap { mine in other.texts.map { Known(mine + $0) } } ?? .unknown
            return isCertain && other.isCertain ? known : .perhaps(known.texts)
        }
    }
}
