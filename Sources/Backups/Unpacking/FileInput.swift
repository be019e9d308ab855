import Blocking
import Files
import Glibc

/// A file that is open for reading. Who opened it keeps it open for as long as this is used.
public struct FileInput: ByteInput {
    private let descriptor: Int32

    public init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    public func byteCount() throws -> Int64 {
        var status = stat()
        try BlockingWork.call(.lookup) { () throws(SystemError) in try systemCall { fstat(descriptor, &status) } }
        return Int64(status.st_size)
    }

    public func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try BlockingWork.call(.read) { () throws(SystemError) in
            try systemCall { pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
        }
    }
}
