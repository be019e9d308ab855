extension PartialFile {
    /// Which of a download's files it is.
    enum Role: Sendable, CaseIterable {
        /// What comes from the source.
        case arriving
        /// What that decodes to.
        case decoded

        /// The name of such a file on its way to a name. It is that of no other download's: their endings differ.
        func hiddenName(for name: String) -> String {
            switch self {
            case .arriving: ".\(name).part"
            case .decoded: ".\(name).decoded"
            }
        }
    }
}
