import CLibEdit

/// The line in libedit's buffer while a key is handled.
struct EditedLine {
    /// The whole line.
    let text: String
    /// The cursor, as an offset into the UTF-8 of `text`.
    let cursor: Int

    /// The current line.
    static var current: EditedLine {
        var count = 0
        var cursor = 0
        let line = UnsafeBufferPointer(start: clibedit_line(&count, &cursor), count: count)
        let before = String(scalars: line[..<cursor])
        return EditedLine(text: before + String(scalars: line[cursor...]), cursor: before.utf8.count)
    }

    /// Replaces the text between an offset in UTF-8 and the cursor.
    func replace(from offset: Int, with replacement: String) {
        clibedit_delete(typed(from: offset).unicodeScalars.count)
        Self.insert(replacement)
    }

    /// The text between an offset in UTF-8 and the cursor.
    func typed(from offset: Int) -> String {
        String(decoding: text.utf8.prefix(cursor).dropFirst(max(0, offset)), as: UTF8.self)
    }

    /// Whether there is a space at the cursor.
    var isBeforeSpace: Bool {
        text.utf8.dropFirst(cursor).first == UInt8(ascii: " ")
    }

    /// Inserts a text at the cursor.
    static func insert(_ text: String) {
        guard !text.isEmpty else { return }
        clibedit_insert(text.zeroTerminatedScalars)
    }

    /// Replaces the whole line, with the cursor at its end.
    static func replaceAll(with text: String) {
        var count = 0
        var cursor = 0
        _ = clibedit_line(&count, &cursor)
        clibedit_move(Int32(count - cursor))
        clibedit_delete(count)
        insert(text)
    }
}

extension String {
    /// A text from libedit's characters; invalid scalars become U+FFFD.
    init(scalars: some Sequence<UInt32>) {
        self.init()
        unicodeScalars.append(contentsOf: scalars.lazy.map { Unicode.Scalar($0) ?? "\u{fffd}" })
    }

    /// The text as libedit's characters, and a zero.
    var zeroTerminatedScalars: [UInt32] {
        unicodeScalars.lazy.map(\.value).filter { $0 != 0 } + [0]
    }
}
