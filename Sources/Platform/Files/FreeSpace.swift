import Glibc

/// How many bytes a user can still write to a file system; `nil` where the file system does not say.
package enum FreeSpace {
    /// Where an open file or folder lies.
    package static func byteCount(at descriptor: Int32) -> Int64? {
        var status = statvfs()
        return fstatvfs(descriptor, &status) == 0 ? byteCount(status) : nil
    }

    /// Where a folder lies.
    package static func byteCount(in folder: String) -> Int64? {
        var status = statvfs()
        return statvfs(folder, &status) == 0 ? byteCount(status) : nil
    }

    private static func byteCount(_ status: statvfs) -> Int64? {
        // A file system without bounds says that it has no blocks at all.
        guard status.f_blocks > 0 else { return nil }
        let (free, overflow) = Int64(clamping: status.f_bavail)
            .multipliedReportingOverflow(by: Int64(clamping: status.f_frsize))
        return overflow ? nil : free
    }
}
