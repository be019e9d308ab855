import Glibc

/// An open file. All that reads from it holds this, so that nobody reads what has been closed.
final class Descriptor: Sendable {
    let number: Int32
    /// Whether it is closed with the object; another one closes it otherwise.
    private let isOwned: Bool

    init(_ number: Int32, isOwned: Bool) {
        self.number = number
        self.isOwned = isOwned
    }

    deinit {
        if isOwned { close(number) }
    }
}
