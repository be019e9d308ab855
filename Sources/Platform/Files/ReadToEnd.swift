package import Blocking
import Glibc

/// All bytes that an open file, a pipe or a terminal gives, up to its end.
///
/// - Parameters:
///   - kind: How long it may stay silent; for any time, where nothing else is said.
///   - place: Where it is, if that is not the place of the `BlockingWork.run`.
/// - Returns: `nil` where there are more than `maxByteCount`: no memory is taken for them.
/// - Throws: `SystemError`.
package func readToEnd(
    of descriptor: Int32,
    maxByteCount: Int,
    waitingAsFor kind: BlockingCall = .sync,
    at place: Place? = nil
) throws(SystemError) -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= maxByteCount {
        let count = try BlockingWork.call(kind, at: place) { () throws(SystemError) in
            try systemCall { read(descriptor, &piece, piece.count) }
        }
        if count == 0 { return bytes }
        bytes += piece[..<count]
    }
    return nil
}
