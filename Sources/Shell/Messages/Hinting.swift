package import Backups

/// An error whose next step the shell knows, because it is a command.
package protocol Hinting {
    /// What to do next, where that is certain.
    var hint: NextStep? { get }
}
