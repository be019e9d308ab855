package import Backups

/// An error whose next step is a command of the shell.
package protocol Hinting {
    /// The next step, where one is certain.
    var hint: NextStep? { get }
}
