extension StringProtocol where SubSequence == Substring {
    /// Without blanks and line ends around it.
    package var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
