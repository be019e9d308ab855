/// What a report says, before it becomes Markdown or HTML. Its texts are as they are; each renderer escapes them.
package struct Document: Sendable {
    package var title: String
    package var blocks: [Block]

    package init(title: String, blocks: [Block] = []) {
        self.title = title
        self.blocks = blocks
    }

    package enum Block: Sendable {
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
    package enum Span: Sendable {
        case text(String)
        /// What stands so in a file or a command.
        case code(String)
        case mark(Mark)
    }

    /// How something ended.
    package enum Mark: String, Sendable {
        case ok
        case failed
        case skipped
        /// It had not ended where the transcript ends.
        case unfinished = "not ended"
    }

    /// What took how long, a row each.
    package struct Axis: Sendable {
        /// In seconds; more than 0.
        package var length: Double
        package var lengthText: String
        package var rows: [Row]

        package init(length: Double, lengthText: String, rows: [Row]) {
            self.length = length
            self.lengthText = lengthText
            self.rows = rows
        }

        package struct Row: Sendable {
            /// In seconds from the axis's start.
            package var start: Double
            package var duration: Double
            package var startText: String
            /// `nil` where only the moment is known.
            package var durationText: String?
            package var label: String
            package var mark: Mark

            package init(
                start: Double,
                duration: Double = 0,
                startText: String,
                durationText: String? = nil,
                label: String,
                mark: Mark
            ) {
                self.start = start
                self.duration = duration
                self.startText = startText
                self.durationText = durationText
                self.label = label
                self.mark = mark
            }
        }

        /// Whether it says of any row how long it took.
        var hasDurations: Bool { rows.contains { $0.durationText != nil } }

        /// Where a row's bar begins and how long it is, in parts of the axis from 0 to 1.
        func bar(of row: Row) -> (start: Double, length: Double) {
            let start = min(max(0, row.start / length), 1)
            return (start, min(max(0, row.duration / length), 1 - start))
        }
    }

    package var markdown: String { MarkdownRenderer.text(of: self) }
    package var html: String { HTMLRenderer.text(of: self) }
}
