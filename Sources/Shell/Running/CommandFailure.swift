import Backups
import Language

/// A failed command, and its place.
package struct CommandFailure: Error {
    package var error: any Error
    var source: SourceFile
    var span: Span
    /// The parameters of a script that decide which place or cluster it is about.
    var parameters: [String] = []

    /// Whether `||` continues after it: after a failure of the world or of `expect`, not after a usage error or Ctrl-C.
    var isCaughtByOr: Bool { error is any UserError || error is UnmetExpectation }
}
