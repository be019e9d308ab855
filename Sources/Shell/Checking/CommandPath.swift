/// Where a command stands in a script and in those that it includes.
package struct CommandPath: Sendable, Hashable {
    /// The offset of each `source` that leads to its script, the outermost first.
    var outerOffsets: [Int]
    /// Its own offset.
    var offset: Int
}
