/// What a report says, before it becomes Markdown or HTML. Its texts are as they are; each renderer escapes them.
struct Document: Sendable {
    var title: String
    var blocks: [Block] = []

    enum Block: Sendable {
        case heading(String)
        case subheading(String)
        case paragraph([Span])
        /// Pairs of a name and what it is.
        case facts([(name: String, value: [Span])])
        case table(header: [String], rows: [[[Span]]])
        case list([[Span]])
        case axis(Axis)
    }

    /// A piece of a line.
    enum Span: Sendable {
        case text(String)
        /// What stands so in a file or a command.
        case code(String)
        case mark(Mark)
    }

    /// How something ended.
    enum Mark: String, Sendable {
        case ok
        case failed
        case skipped
        /// It had not ended where the transcript ends.
        case unfinished = "not ended"
    }

    /// What took how long, a row each.
    struct Axis: Sendable {
        /// In seconds; more than 0.
        var length: Double
        var lengthText: String
        var rows: [Row]

        struct Row: Sendable {
            /// In seconds from the axis's start.
            var start: Double
            var duration: Double
            var startText: String
            var durationText: String
            var label: String
            var mark: Mark
        }

        /// Where a row's bar begins and how long it is, in parts of the axis from 0 to 1.
        func bar(of row: Row) -> (start: Double, length: Double) {
            let start = min(max(0, row.start / length), 1)
            return (start, min(max(0, row.duration / length), 1 - start))
        }
    }
}
