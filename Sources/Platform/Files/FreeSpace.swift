import Glibc

/// How much can still be written to a file system.
package enum FreeSpace {
    /// How many bytes a user can still write where an open file or folder lies; `nil` where the file system does not say.
    package static func byteCount(at descriptor: Int32) -> Int64? {
        var status = statvfs()
        // A file system without bounds says that it has no blocks at all.
        guard fstatvfs(descriptor, &status) == 0, status.f_blocks > 0 else { return nil }
        let (free, overflow) = Int64(clamping: status.f_bavail)
            .multipliedReportingOverflow(by: Int64(clamping: status.f_frsize))
        return overflow ? nil : free
    }
}
