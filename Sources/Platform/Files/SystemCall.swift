public import Glibc

/// A system call's error number.
public struct SystemError: Error, Equatable {
    /// The value of `errno`.
    public var code: Int32

    public init(code: Int32) {
        self.code = code
    }
}

extension SystemError: CustomStringConvertible {
    /// The C library's words for it, beginning in lower case: `no space left on device`.
    public var description: String {
        guard let text = strerror(code).map({ String(cString: $0) }), let first = text.first else {
            return "error \(code)"
        }
        return first.lowercased() + text.dropFirst()
    }
}

/// Makes a system call that answers -1 on failure, again where a signal came in between.
///
/// - Throws: `SystemError`.
@discardableResult
@inlinable
public func systemCall<Result: FixedWidthInteger>(_ call: () -> Result) throws(SystemError) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = errno
        if code != EINTR { throw SystemError(code: code) }
    }
}
