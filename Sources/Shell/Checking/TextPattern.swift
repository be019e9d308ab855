/// What is known of a text before a run: pieces of it, and gaps between them that a run fills in.
struct TextPattern: Sendable {
    /// In order; `nil` for a gap.
    let pieces: [String?]

    /// The whole text, where there is no gap.
    var literal: String? {
        pieces.reduce("") { text, piece in text.flatMap { text in piece.map { text + $0 } } }
    }

    /// Whether the gaps can be filled in so that it is this text, byte for byte.
    func matches(_ text: String) -> Bool {
        var ends: Set<Int> = [0]
        let bytes = Array(text.utf8)
        for piece in pieces {
            guard let piece else {
                ends = ends.min().map { Set($0...bytes.count) } ?? []
                continue
            }
            let wanted = Array(piece.utf8)
            ends = Set(ends.filter { bytes.dropFirst($0).starts(with: wanted) }.map { $0 + wanted.count })
        }
        return ends.contains(bytes.count)
    }
}

extension TextPattern: CustomStringConvertible {
    /// With `…` for each gap.
    var description: String { pieces.map { $0 ?? "…" }.joined() }
}
