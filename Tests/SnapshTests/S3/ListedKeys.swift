import Foundation
import TestSupport

/// What a bucket with a few keys answers where it is asked to list them, folded as it is asked.
enum ListedKeys {
    /// - Parameter sizes: The keys with their sizes in bytes.
    static func listing(_ sizes: [String: Int], for request: FaultServer.Request) -> [UInt8] {
        let query = URLComponents(string: request.target)?.queryItems ?? []
        func value(_ name: String) -> String { query.first { $0.name == name }?.value ?? "" }
        let prefix = value("prefix")
        let keys = sizes.keys.filter { $0.hasPrefix(prefix) && $0 > value("start-after") }.sorted()
        var (files, folders) = ("", "")
        for key in keys {
            let name = key.dropFirst(prefix.count)
            if value("delimiter") == "/", let end = name.firstIndex(of: "/") {
                let folder = "<CommonPrefixes><Prefix>\(prefix)\(name[...end])</Prefix></CommonPrefixes>"
                if !folders.hasSuffix(folder) { folders += folder }
            } else {
                files +=
                    "<Contents><Key>\(key)</Key><Size>\(sizes[key] ?? 0)</Size><ETag>one</ETag>"
                    + "<LastModified>2026-11-23T08:00:00Z</LastModified></Contents>"
            }
        }
        return Array("<ListBucketResult>\(files)\(folders)</ListBucketResult>".utf8)
    }
}
