/// What is defined at one point of a script, as far as the check knows: what holds on every path that leads there, and
/// what holds only on some of them.
struct Definitions: Sendable {
    /// Each variable that is set on some path.
    var variables = VariableLayers()
    /// What was achieved on every path.
    private(set) var achieved: NeedSet = []
    /// What was achieved on some path; includes all of `achieved`.
    private(set) var possible: NeedSet = []
    /// Whether a cluster was chosen on every path, and on some path. A source that needs no cluster counts as one
    /// only while it is in use.
    private var (isClusterChosen, mayClusterBeChosen) = (false, false)
    /// What is known of facts, as far as nothing has changed them since.
    private(set) var conditions: [String: FactConditions] = [:]
    /// Whether any path leads here: none does after `exit`.
    var isReachable = true

    init(variables: [String: Known] = [:]) {
        for (name, known) in variables { self.variables[name] = .init(known: known) }
    }

    /// Where no path leads.
    static let unreachable: Definitions = {
        var definitions = Definitions()
        definitions.isReachable = false
        return definitions
    }()

    mutating func achieve(_ needs: some Sequence<Need>) {
        for need in needs {
            achieved.formUnion(NeedSet(need))
            possible.formUnion(NeedSet(need))
            if need == .cluster { (isClusterChosen, mayClusterBeChosen) = (true, true) }
        }
    }

    /// Records that another source is in use.
    mutating func useSource(needsCluster: Bool) {
        guard needsCluster else {
            achieved.formUnion(NeedSet(.cluster))
            possible.formUnion(NeedSet(.cluster))
            return
        }
        if !isClusterChosen { achieved.subtract(NeedSet(.cluster)) }
        if !mayClusterBeChosen { possible.subtract(NeedSet(.cluster)) }
    }

    mutating func drop(_ needs: some Sequence<Need>) {
        for need in needs {
            achieved.subtract(NeedSet(need))
            possible.subtract(NeedSet(need))
        }
    }

    /// Takes that a fact meets one of some conditions from here on.
    mutating func take(oneOf conditions: [FactCondition], of fact: String, _ type: FactType) {
        self.conditions[fact, default: FactConditions()].take(oneOf: conditions, type)
    }

    /// What was known of facts may have changed.
    mutating func forgetConditions() {
        if !conditions.isEmpty { conditions = [:] }
    }

    /// Anything may have been done.
    mutating func allowAnything() {
        variables.forget()
        achieve(Need.allCases)
        forgetConditions()
    }

    /// What holds where two paths meet that part in the newest layer of variables.
    func joined(with other: Definitions) -> Definitions {
        guard other.isReachable else { return self }
        guard isReachable else { return other }
        return joined(with: other, variables.joined(with: other.variables))
    }

    /// What holds where two paths meet, with what is known of variables there.
    func joined(with other: Definitions, _ variables: VariableLayers) -> Definitions {
        var joined = isReachable ? self : other
        joined.variables = variables
        guard isReachable, other.isReachable else { return joined }
        joined.achieved.formIntersection(other.achieved)
        joined.possible.formUnion(other.possible)
        joined.isClusterChosen = isClusterChosen && other.isClusterChosen
        joined.mayClusterBeChosen = mayClusterBeChosen || other.mayClusterBeChosen
        joined.conditions = conditions.reduce(into: [:]) { common, mine in
            common[mine.key] = other.conditions[mine.key].map(mine.value.joined)
        }.filter { !$0.value.isEmpty }
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
        /// What the user gives for these parameters decides it, before anything runs.
        case given(Set<String>)
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
            if let texts, texts.count == 1 {
                self = .value(texts[0])
                return
            }
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
            case .fact, .given, .unknown, .secret: nil
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
