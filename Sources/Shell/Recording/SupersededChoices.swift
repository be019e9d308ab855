extension [RecordedStep] {
    /// The choices of a place or a cluster that later ones replaced before anything was done with them.
    ///
    /// - Parameter isAlone: Whether a step is written as a line of its own.
    func supersededChoices(_ isAlone: (RecordedStep) -> Bool) -> Set<Int> {
        var superseded: Set<Int> = []
        // What is chosen anew before anything uses it, seen from the end.
        var replaced: NeedSet = []
        for index in indices.reversed() where self[index].isPartOfRunbook {
            guard isAlone(self[index]), let chosen = self[index].choice else {
                replaced = []
                continue
            }
            if chosen.isSubset(of: replaced) {
                superseded.insert(index)
                continue
            }
            replaced.formUnion(chosen)
            // The place was looked for with the cluster that was chosen before.
            if !chosen.contains(.cluster) { replaced.subtract(NeedSet(.cluster)) }
        }
        return superseded
    }
}

extension RecordedStep {
    /// What it chooses of place and cluster; `nil` where it does something else, too.
    fileprivate var choice: NeedSet? {
        let chosen = NeedSet(command.establishes)
        guard !chosen.isEmpty, chosen.isSubset(of: [NeedSet(.source), NeedSet(.cluster)]), chain.chain.rest.isEmpty
        else {
            return nil
        }
        return chosen
    }
}
