import Dispatch
import Glibc

/// A file that is open for reading, and closed with this object.
package final class OpenFile: Sendable {
    package let descriptor: Int32

    /// - Parameter descriptor: It belongs to this object from now on.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // Closing may wait for an answer, too, and what drops the last reference must not.
        let descriptor = descriptor
        DispatchQueue(label: "snapsh.closing").async { close(descriptor) }
    }
}
