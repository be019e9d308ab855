package struct DrillReport {
    package init(_ r: [DrillResult]) {}
    package var markdown: String { "" }
    package var html: String { "" }
}
