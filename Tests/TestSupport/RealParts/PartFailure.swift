import Glibc

/// A real part of the tests that did not start, or did not answer.
public struct PartFailure: Error, CustomStringConvertible {
    public var description: String

    public init(_ description: String) {
        self.description = description
    }

    /// What the system answered last.
    static func system(_ sentence: String) -> PartFailure {
        PartFailure("\(sentence): \(String(cString: strerror(errno)))")
    }
}
