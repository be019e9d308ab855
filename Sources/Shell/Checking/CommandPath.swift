/// Where a command stands in a script and in those that it includes: the offset of each `source` that leads to it, the
/// outermost first, then its own.
package struct CommandPath: Sendable, Hashable {
    var offsets: [Int]
}
