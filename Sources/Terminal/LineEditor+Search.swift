import CLibEdit

extension LineEditor {
    /// Ctrl-R: from here on every key comes to `goOnSearching`.
    func beginSearch() -> clibedit_answer {
        let search = HistorySearch(from: EditedLine.current.text)
        self.search = search
        show(search.prompt)
        clibedit_capture(1)
        return CLIBEDIT_REFRESH
    }

    /// A key in the search.
    func goOnSearching() -> clibedit_answer {
        guard var search, let key = Unicode.Scalar(clibedit_captured()) else { return endSearch() }
        let step = search.handle(key, in: recall.lines)
        switch step {
        case .goesOn(let isFound):
            self.search = search
            show(search.prompt)
            EditedLine.replaceAll(with: search.match.map { recall.lines[$0] } ?? search.original)
            return isFound ? CLIBEDIT_REFRESH : CLIBEDIT_BEEP
        case .taken:
            if let match = search.match { recall.go(to: match, from: search.original) }
            clibedit_replay_captured()
        case .givenUp:
            EditedLine.replaceAll(with: search.original)
        }
        return endSearch()
    }

    private func endSearch() -> clibedit_answer {
        search = nil
        clibedit_capture(0)
        show(prompt)
        return CLIBEDIT_REFRESH
    }
}
